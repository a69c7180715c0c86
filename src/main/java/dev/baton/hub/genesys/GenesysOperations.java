package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.Journal;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * Bean {@code genesysHub}: makes the requests of the operations of a hub of type {@code genesys}
 * and reads the answers; {@code routes/hub-genesys} says in which order.
 *
 * <p>To Baton the id of the hub's conversation is the customer's id at the platform, because that
 * is what the platform's webhook names; it is the handoff's key, new for every handoff. The
 * platform's own id of the conversation is kept beside it.
 */
public final class GenesysOperations {
  private final GenesysHubs hubs;
  private final GenesysWatches watches;
  private final GenesysRecordStore store;
  private final Journal journal;
  private final InboundMessages messages;
  private final Clock clock;

  GenesysOperations(
      GenesysHubs hubs,
      GenesysWatches watches,
      GenesysRecordStore store,
      Journal journal,
      InboundMessages messages,
      Clock clock) {
    this.hubs = hubs;
    this.watches = watches;
    this.store = store;
    this.journal = journal;
    this.messages = messages;
    this.clock = clock;
  }

  /**
   * Makes the messages that open a conversation, without those that were taken already. Before any
   * is sent it is durable when the first was made, so that a repeat is one to the platform, too.
   */
  @SuppressWarnings("unchecked")
  public void opening(Exchange exchange, String hub) {
    Map<String, Object> open = exchange.getMessage().getBody(Map.class);
    String from = required(exchange, "handoffId");
    GenesysRecord entry =
        store.find(hub, from).orElseGet(() -> begin(hub, from, conversation(exchange, from)));
    watches.of(hub).add(entry);
    GenesysHub genesys = hubs.get(hub);
    List<Map<String, Object>> parts = new ArrayList<>();
    for (Map<String, Object> part :
        messages.opening(open, from, entry.at(), genesys.settings().maxText())) {
      if (entry.genesysId() == null || genesys.taken(from, id(part)) == null) {
        parts.add(part);
      }
    }
    // hubConversationId is the core's: set, it would mean that the hub has opened.
    exchange.setVariable("genesysFrom", from);
    exchange.setVariable("genesysWho", from);
    exchange.setVariable("genesysParts", parts);
  }

  /** The call for the next message of {@link #opening}. */
  @SuppressWarnings("unchecked")
  public void openingPart(Exchange exchange, String hub) {
    List<Map<String, Object>> parts = exchange.getVariable("genesysParts", List.class);
    exchange.getMessage().setBody(parts.remove(0));
    messageCall(exchange, hub);
  }

  private GenesysRecord begin(String hub, String from, String conversation) {
    Instant at =
        journal
            .find(conversation)
            .map(Conversation::handoff)
            .filter(handoff -> handoff.id().equals(from))
            .map(Handoff::requestedAt)
            .orElseGet(clock::instant);
    GenesysRecord entry = new GenesysRecord(hub, from, conversation, at, null);
    store.put(entry);
    return entry;
  }

  /** The call for one inbound message, the body. */
  public void messageCall(Exchange exchange, String hub) {
    post(exchange, hub, "message");
    exchange.setVariable("genesysQuery", "prefetchConversationId=true");
    exchange.setVariable("genesysMessage", id(exchange.getMessage().getBody(Map.class)));
  }

  /** The platform took an opening message, and says by which id it knows the conversation. */
  public void opened(Exchange exchange, String hub) {
    requireTaken(exchange, hub);
    String from = exchange.getVariable("genesysFrom", String.class);
    JsonNode answer = exchange.getMessage().getBody(JsonNode.class);
    learn(hub, from, answer.path("conversationId").asText(""));
    hubs.get(hub)
        .take(
            from,
            exchange.getVariable("genesysMessage", String.class),
            answer.path("id").asText(""));
  }

  /** Answer of the operation {@code open}. */
  public Map<String, Object> openAnswer(Exchange exchange, String hub) {
    String from = exchange.getVariable("genesysFrom", String.class);
    watches.of(hub).opened(from);
    return Map.of("conversationId", from, "created", true);
  }

  /** The message of the operation {@code send}; a click on a button goes by its own call. */
  @SuppressWarnings("unchecked")
  public void sending(Exchange exchange, String hub) {
    Map<String, Object> send = exchange.getMessage().getBody(Map.class);
    String from = required(exchange, "hubConversationId");
    if (watches.of(hub).all().isOver(from)) {
      throw DeliveryException.gone("BTN-2406 Hub " + hub + ": the conversation is over", null);
    }
    exchange.setVariable(
        "genesysConversation", known(hub, from).map(GenesysRecord::genesysId).orElse(null));
    String taken = hubs.get(hub).taken(from, String.valueOf(send.get("id")));
    exchange.setVariable("genesysTaken", taken);
    exchange.setVariable("genesysSend", send);
    Instant at = time(send);
    Map<String, Object> click = messages.structured(send, from, at);
    exchange.setVariable("genesysClick", click != null);
    exchange.getMessage().setBody(click == null ? messages.text(send, from, at) : click);
    messageCall(exchange, hub);
    if (click != null) {
      post(exchange, hub, "structured/response");
    }
  }

  /** A platform without the call for clicks gets the click as a text. */
  @SuppressWarnings("unchecked")
  public void asText(Exchange exchange, String hub) {
    Map<String, Object> send = exchange.getVariable("genesysSend", Map.class);
    String from = exchange.getVariable("hubConversationId", String.class);
    exchange.getMessage().setBody(messages.text(send, from, time(send)));
    messageCall(exchange, hub);
  }

  /**
   * The platform took a message. When it names another conversation, the one that we know had ended
   * and the message has begun a new one, in which nobody knows what it is about: that is closed,
   * and the message goes back.
   *
   * @return answer of the operation {@code send}
   */
  public Map<String, Object> sent(Exchange exchange, String hub) {
    requireTaken(exchange, hub);
    String from = exchange.getVariable("hubConversationId", String.class);
    JsonNode answer = exchange.getMessage().getBody(JsonNode.class);
    String known = exchange.getVariable("genesysConversation", String.class);
    String now = answer.path("conversationId").asText("");
    boolean another = known != null && !now.isEmpty() && !now.equals(known);
    if (another && watches.of(hub).strayed(from, now)) {
      throw DeliveryException.gone("BTN-2406 Hub " + hub + ": the conversation is over", null);
    }
    learn(hub, from, now);
    String id = answer.path("id").asText("");
    hubs.get(hub).take(from, exchange.getVariable("genesysMessage", String.class), id);
    return id.isEmpty() ? Map.of() : Map.of("id", id);
  }

  /** Answer of {@code send} for a message that was taken at an earlier attempt. */
  public Map<String, Object> takenBefore(Exchange exchange) {
    String id = exchange.getVariable("genesysTaken", String.class);
    return id.isEmpty() ? Map.of() : Map.of("id", id);
  }

  /** Typing has no "off": it ends by itself or with the next message. */
  public void typing(Exchange exchange, String hub) {
    Map<?, ?> body = exchange.getMessage().getBody(Map.class);
    String from = required(exchange, "hubConversationId");
    boolean on = body == null || !Boolean.FALSE.equals(body.get("on"));
    boolean shown =
        on && !watches.of(hub).all().isOver(from) && watches.of(hub).all().mayType(from);
    exchange.setVariable("genesysTyping", shown);
    exchange.setVariable("genesysSpare", true);
    post(exchange, hub, "event");
    exchange.getMessage().setBody(messages.typing(from, clock.instant()));
  }

  /** Prepares the operation {@code end}: variable {@code genesysConversation}, or null. */
  public void ending(Exchange exchange, String hub) {
    String from = required(exchange, "hubConversationId");
    Optional<GenesysRecord> entry = store.find(hub, from);
    exchange.setVariable("genesysKnown", entry.isPresent());
    exchange.setVariable("genesysConversation", entry.map(GenesysRecord::genesysId).orElse(null));
    if (entry.isPresent() && entry.get().genesysId() == null) {
      // Its opening may have arrived although the answer did not: a repeat brings the id.
      exchange.getMessage().setBody(messages.reminder(from, entry.get().at()));
      messageCall(exchange, hub);
    }
  }

  /** The answer to the reminder of {@link #ending}. */
  public void reminded(Exchange exchange) {
    String id = exchange.getMessage().getBody(JsonNode.class).path("conversationId").asText("");
    exchange.setVariable("genesysConversation", id.isEmpty() ? null : id);
  }

  public void conversationCall(Exchange exchange) {
    exchange.setVariable("genesysMethod", "GET");
    exchange.setVariable(
        "genesysPath",
        "/api/v2/conversations/messages/" + exchange.getVariable("genesysConversation"));
    exchange.removeVariable("genesysQuery");
    exchange.getMessage().setBody(null);
  }

  /** Finds the customer's leg: variable {@code genesysCustomer}, null when it has ended. */
  public void customer(Exchange exchange, String hub) {
    int status = exchange.getVariable("genesysStatus", Integer.class);
    ConversationTimeline timeline =
        ConversationTimeline.of(
            exchange.getMessage().getBody(JsonNode.class),
            hubs.get(hub).settings().reasonAttribute());
    boolean there = status < 300 && !timeline.isOver();
    exchange.setVariable("genesysCustomer", there ? timeline.customer() : null);
    exchange.setVariable(
        "genesysFarewell",
        there
            && exchange.getVariable("genesysSilent") == null
            && !hubs.get(hub).settings().farewell().isEmpty());
  }

  /** What the agent reads when the customer is gone. */
  public void farewell(Exchange exchange, String hub) {
    String from = exchange.getVariable("hubConversationId", String.class);
    Map<String, Object> text = new LinkedHashMap<>();
    text.put("id", from + "/end");
    text.put("text", hubs.get(hub).settings().farewell());
    exchange.getMessage().setBody(messages.text(text, from, clock.instant()));
    messageCall(exchange, hub);
    exchange.removeVariable("genesysQuery");
  }

  public void disconnectCall(Exchange exchange) {
    exchange.setVariable("genesysMethod", "PATCH");
    exchange.setVariable(
        "genesysPath",
        "/api/v2/conversations/messages/"
            + exchange.getVariable("genesysConversation")
            + "/participants/"
            + exchange.getVariable("genesysCustomer"));
    exchange.removeVariable("genesysQuery");
    exchange.getMessage().setBody(Map.of("state", "disconnected"));
  }

  /** The conversation is over at the platform: nothing is kept of it. */
  public void ended(Exchange exchange, String hub) {
    String from = exchange.getVariable("hubConversationId", String.class);
    watches.of(hub).closed(from);
    store.find(hub, from).ifPresent(store::remove);
    exchange.getMessage().setBody(Map.of());
  }

  /** What is configured as the hub's limits. */
  public Map<String, Object> capabilities(String hub) {
    return hubs.get(hub).settings().capabilities();
  }

  private void post(Exchange exchange, String hub, String call) {
    exchange.setVariable("genesysMethod", "POST");
    exchange.setVariable(
        "genesysPath",
        "/api/v2/conversations/messages/"
            + hubs.get(hub).settings().integrationId()
            + "/inbound/open/"
            + call);
    exchange.removeVariable("genesysQuery");
  }

  private Optional<GenesysRecord> known(String hub, String from) {
    WatchedConversation watched = watches.of(hub).all().get(from);
    return watched == null ? store.find(hub, from) : Optional.of(watched.entry);
  }

  /** Keeps the platform's id of the conversation, unless one is known. */
  private void learn(String hub, String from, String id) {
    GenesysRecord entry = known(hub, from).orElse(null);
    if (!id.isEmpty() && entry != null && entry.genesysId() == null) {
      GenesysRecord known = entry.with(id);
      store.put(known);
      watches.of(hub).add(known);
    }
  }

  private static void requireTaken(Exchange exchange, String hub) {
    int status = exchange.getVariable("genesysStatus", Integer.class);
    if (status >= 300) {
      throw DeliveryException.permanent(
          "BTN-2403 Hub "
              + hub
              + " answered "
              + status
              + ": check integration-id and region of baton.hubs."
              + hub,
          null);
    }
  }

  private Instant time(Map<String, Object> send) {
    try {
      return Instant.parse(String.valueOf(send.get("at")));
    } catch (DateTimeException e) {
      return clock.instant();
    }
  }

  private static String id(Map<?, ?> message) {
    return message.get("channel") instanceof Map<?, ?> channel
        ? String.valueOf(channel.get("messageId"))
        : "";
  }

  private static String conversation(Exchange exchange, String from) {
    String conversation = exchange.getVariable("conversation", String.class);
    return conversation != null
        ? conversation
        : from.substring(0, Math.max(0, from.lastIndexOf(':')));
  }

  private static String required(Exchange exchange, String variable) {
    String value = exchange.getVariable(variable, String.class);
    if (value == null || value.isEmpty()) {
      throw DeliveryException.permanent("BTN-2403 The variable " + variable + " is not set", null);
    }
    return value;
  }
}
