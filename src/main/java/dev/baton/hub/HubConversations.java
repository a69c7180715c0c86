package dev.baton.hub;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.journal.Journal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.camel.Exchange;

/**
 * Bean {@code hubConversations}: finds the conversation that a hub's event belongs to, and keeps
 * hubs apart: an event counts only for a handoff that this very hub has.
 */
public final class HubConversations {
  /** After these the hub itself has ended its conversation. */
  private static final Set<String> OVER = Set.of("ended", "rejected");

  private final Journal journal;

  public HubConversations(Journal journal) {
    this.journal = journal;
  }

  /**
   * Sets the variable {@code hubEventPlace}: {@code known} (then also {@code conversation}, and
   * {@code handoffId} in the body), {@code foreign} (the conversation is not, or no longer, with
   * this hub), {@code stray} (the same, and the hub still has a conversation of its own for it) or
   * {@code unknown} (it may still turn up: the hub was faster than its own answer).
   */
  public void locate(Exchange exchange) {
    String hub = exchange.getVariable("hub", String.class);
    Place place =
        locate(
            hub,
            exchange.getVariable("hubEventHandoff", String.class),
            exchange.getVariable("hubEventConversation", String.class));
    String event = exchange.getVariable("hubEvent", String.class);
    boolean typing = "typing".equals(event);
    if ((typing && place.kind().equals("known") && !place.open())
        || (OVER.contains(event) && place.kind().equals("stray"))) {
      place = Place.FOREIGN;
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

  /** {@code open}: whether the handoff still runs. */
  record Place(String kind, String conversation, String handoffId, boolean open) {
    static final Place FOREIGN = new Place("foreign", null, null, false);
    static final Place STRAY = new Place("stray", null, null, false);
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
    return hubConversation == null ? Place.UNKNOWN : byHubConversation(hub, hubConversation);
  }

  private Place byHandoff(
      Conversation conversation, String hub, String handoffId, String hubConversation) {
    Handoff handoff = conversation.handoff();
    boolean opening = handoff != null && handoff.isOpen() && handoff.hub() == null;
    if (handoff != null && handoffId.equals(handoff.id())) {
      if (opening) {
        // Several hubs may have been asked; which of them has it is known only after open answered.
        return Place.UNKNOWN;
      }
      if (hub.equals(handoff.hub())) {
        return Place.known(conversation);
      }
    }
    // A hub may use one conversation for several handoffs: one that serves must live.
    boolean serves =
        opening
            || hubConversation == null
            || byHubConversation(hub, hubConversation).kind().equals("known");
    return serves ? Place.FOREIGN : Place.STRAY;
  }

  private Place byHubConversation(String hub, String id) {
    return journal
        .findByHubConversation(hub, id)
        .map(conversation -> byHubConversation(conversation, hub, id))
        .orElse(Place.UNKNOWN);
  }

  private static Place byHubConversation(Conversation conversation, String hub, String id) {
    Handoff handoff = conversation.handoff();
    boolean theirs =
        handoff != null && hub.equals(handoff.hub()) && id.equals(handoff.hubConversationId());
    return theirs ? Place.known(conversation) : Place.FOREIGN;
  }
}
