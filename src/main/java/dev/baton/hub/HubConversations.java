package dev.baton.hub;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.journal.Journal;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Bean {@code hubConversations}: finds the conversation that a hub's event belongs to, and keeps
 * hubs apart: an event counts only for a handoff that this very hub has.
 */
public final class HubConversations {
  private final Journal journal;

  public HubConversations(Journal journal) {
    this.journal = journal;
  }

  /**
   * Sets the variable {@code hubEventPlace}: {@code known} (then also {@code conversation}, and
   * {@code handoffId} in the body), {@code orphan} (this hub opened it too, but its answer was lost
   * and the handoff went on without it), {@code foreign} (the conversation is not, or no longer,
   * with this hub) or {@code unknown} (it may still turn up: the hub was faster than its own
   * answer).
   */
  public void locate(Exchange exchange) {
    String hub = exchange.getVariable("hub", String.class);
    Place place =
        locate(
            hub,
            exchange.getVariable("hubEventHandoff", String.class),
            exchange.getVariable("hubEventConversation", String.class));
    boolean typing = "typing".equals(exchange.getVariable("hubEvent", String.class));
    if (typing && !place.open()) {
      place = place.kind().equals("unknown") ? place : Place.FOREIGN;
    }
    exchange.setVariable("hubEventPlace", place.kind());
    exchange.setVariable("conversation", place.conversation());
    exchange.setVariable("handoffId", place.handoffId());
    if (place.handoffId() != null && !typing) {
      @SuppressWarnings("unchecked")
      Map<String, Object> body = exchange.getMessage().getBody(Map.class);
      body.put("handoffId", place.handoffId());
    }
  }

  /** Body of {@code handoff.opened}, by which the core learns of an orphan and ends it. */
  public Map<String, Object> opened(Exchange exchange) {
    return Map.of(
        "handoffId", exchange.getVariable("handoffId"),
        "hub", exchange.getVariable("hub"),
        "hubConversationId", exchange.getVariable("hubEventConversation"));
  }

  /** {@code open}: whether the handoff still runs. */
  record Place(String kind, String conversation, String handoffId, boolean open) {
    static final Place FOREIGN = new Place("foreign", null, null, false);
    static final Place UNKNOWN = new Place("unknown", null, null, false);

    static Place known(Conversation conversation) {
      Handoff handoff = conversation.handoff();
      return new Place("known", conversation.id(), handoff.id(), handoff.isOpen());
    }
  }

  Place locate(String hub, String handoffId, String hubConversation) {
    int colon = handoffId == null ? -1 : handoffId.lastIndexOf(':');
    if (colon > 0) {
      Optional<Conversation> found = journal.find(handoffId.substring(0, colon));
      if (found.isPresent()) {
        return byHandoff(found.get(), hub, handoffId, hubConversation);
      }
    }
    if (hubConversation != null) {
      return journal
          .findByHubConversation(hub, hubConversation)
          .map(conversation -> byHubConversation(conversation, hub, hubConversation))
          .orElse(Place.UNKNOWN);
    }
    return Place.UNKNOWN;
  }

  private Place byHandoff(
      Conversation conversation, String hub, String handoffId, String hubConversation) {
    Handoff handoff = conversation.handoff();
    if (handoff == null || !handoffId.equals(handoff.id())) {
      return Place.FOREIGN;
    }
    if (handoff.hub() == null) {
      // Several hubs may have been asked; which of them has it is known only after open answered.
      return handoff.isOpen() ? Place.UNKNOWN : orphan(conversation, hub, hubConversation);
    }
    return hub.equals(handoff.hub())
        ? Place.known(conversation)
        : orphan(conversation, hub, hubConversation);
  }

  private Place orphan(Conversation conversation, String hub, String hubConversation) {
    boolean nobodys =
        hubConversation != null && journal.findByHubConversation(hub, hubConversation).isEmpty();
    return nobodys
        ? new Place("orphan", conversation.id(), conversation.handoff().id(), false)
        : Place.FOREIGN;
  }

  private static Place byHubConversation(Conversation conversation, String hub, String id) {
    Handoff handoff = conversation.handoff();
    boolean theirs =
        handoff != null && hub.equals(handoff.hub()) && id.equals(handoff.hubConversationId());
    return theirs ? Place.known(conversation) : Place.FOREIGN;
  }
}
