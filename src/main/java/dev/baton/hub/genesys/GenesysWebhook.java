package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.HubProblem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code genesysWebhook}: the edge of the platform's webhook and of its triggers. The platform
 * waits 10 seconds, and an error for one message can cost the agent the whole conversation;
 * therefore what can never be shown is acknowledged, and its agent gets a receipt that says so.
 */
public final class GenesysWebhook {
  /** Header that carries the signature. */
  static final String SIGNATURE = "X-Hub-Signature-256";

  private static final Logger LOG = LoggerFactory.getLogger(GenesysWebhook.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BODY = 256 * 1024;

  private final GenesysHubs hubs;
  private final GenesysWatches watches;
  private final GenesysReceipts receipts;
  private final StructuredContent content;
  private final Duration patience;

  /**
   * @param patience how long it may take to find out who speaks
   */
  GenesysWebhook(
      GenesysHubs hubs,
      GenesysWatches watches,
      GenesysReceipts receipts,
      StructuredContent content,
      Duration patience) {
    this.hubs = hubs;
    this.watches = watches;
    this.receipts = receipts;
    this.content = content;
    this.patience = patience;
  }

  /**
   * Checks size and signature of the raw body.
   *
   * @throws HubProblem when the request is refused
   */
  public void verify(Exchange exchange, String hub) {
    Message message = exchange.getMessage();
    byte[] body = message.getBody(byte[].class);
    byte[] raw = body == null ? new byte[0] : body;
    if (raw.length > MAX_BODY) {
      throw new HubProblem(
          413, "BTN-2004", "Body too large", "A callback may hold " + MAX_BODY + " bytes.");
    }
    String signature = message.getHeader(SIGNATURE, String.class);
    if (!GenesysSignature.verify(hubs.get(hub).settings().webhookSecrets(), raw, signature)) {
      LOG.warn(
          "BTN-2407 Call of hub {} refused: its signature is {}",
          hub,
          signature == null ? "missing" : "wrong");
      throw new HubProblem(
          401,
          "BTN-2407",
          "Signature missing or wrong",
          "Send "
              + SIGNATURE
              + ": sha256=<Base64 of the HMAC-SHA256 of the raw body> made with the integration's"
              + " outbound notification webhook signature secret token.");
    }
    message.setBody(raw);
  }

  /**
   * Translates the body, a Map, into an event of the hub contract. Sets variables {@code
   * genesysKind}, {@code genesysTo}, {@code genesysTime} and {@code genesysMessage}; a body that
   * tells nothing becomes null.
   */
  public void translate(Exchange exchange, String hub) {
    Message message = exchange.getMessage();
    JsonNode body = JSON.valueToTree(message.getBody());
    OutboundMessage outbound = OutboundMessage.read(body, content);
    exchange.setVariable("genesysKind", outbound.kind().name());
    exchange.setVariable("genesysTo", outbound.to());
    exchange.setVariable("genesysTime", outbound.time());
    exchange.setVariable("genesysMessage", outbound.id());
    message.setBody(outbound.event());
    if (outbound.event() == null) {
      LOG.debug("Hub {}: nothing to tell in a call of type {}", hub, body.path("type").asText());
    } else if (outbound.to() == null) {
      LOG.warn("BTN-2408 Hub {}: a call names no channel.to.id and is ignored", hub);
      message.setBody(null);
    } else if (outbound.isEmpty()) {
      LOG.warn("BTN-2408 Hub {}: a message has nothing that can be shown", hub);
      receipts.failed(
          hub,
          outbound.to(),
          outbound.id(),
          "UnsupportedMessage",
          "Nothing of the message can be shown to the customer.");
      message.setBody(null);
    }
  }

  /**
   * Says who speaks. The platform's message does not, so it is the agent who has the conversation.
   * While no agent is known the conversation is read; when there is none, the flow speaks.
   */
  public void speaker(Exchange exchange, String hub) {
    if (!(exchange.getMessage().getBody() instanceof Map<?, ?> body)) {
      return;
    }
    Map<String, Object> event = new LinkedHashMap<>();
    body.forEach((key, value) -> event.put(String.valueOf(key), value));
    GenesysWatch watch = watches.of(hub);
    String from = exchange.getVariable("genesysTo", String.class);
    boolean message = "message".equals(event.get("type"));
    ConversationTimeline.Agent agent = message ? watch.askAgent(from, patience) : watch.agent(from);
    if (agent != null && (message || "typing".equals(event.get("type")))) {
      event.put("agent", agent.body());
    }
    exchange.getMessage().setBody(event);
  }

  /** After the journal has it: an agent is told of a message that the customer will never see. */
  public void outcome(Exchange exchange, String hub) {
    if (!"MESSAGE".equals(exchange.getVariable("genesysKind", String.class))) {
      return;
    }
    String from = exchange.getVariable("genesysTo", String.class);
    String message = exchange.getVariable("genesysMessage", String.class);
    String place = exchange.getVariable("hubEventPlace", String.class);
    boolean kept = exchange.getVariable("result") != null;
    boolean repeat = Boolean.TRUE.equals(exchange.getVariable("duplicate"));
    if ("foreign".equals(place) || "orphan".equals(place)) {
      receipts.failed(
          hub, from, message, "InvalidDestination", "The customer is not in this conversation.");
    } else if ("ignored".equals(exchange.getVariable("hubEvent", String.class))) {
      receipts.failed(
          hub, from, message, "UnsupportedMessage", "Nothing of the message can be shown.");
    } else if ("known".equals(place) && !kept && !repeat) {
      receipts.failed(
          hub, from, message, "InvalidDestination", "The customer has left the conversation.");
    }
  }

  /**
   * Reads the conversation that a trigger names, and returns when what is new is durable. Triggers
   * tell of every conversation of the organisation; those of others are ignored.
   */
  public void triggered(Exchange exchange, String hub) {
    JsonNode body = JSON.valueToTree(exchange.getMessage().getBody());
    List<JsonNode> places = new ArrayList<>();
    places.add(body);
    places.add(body.path("eventBody"));
    places.add(body.path("detail").path("eventBody"));
    String id =
        places.stream()
            .map(place -> place.path("conversationId").asText(""))
            .filter(text -> !text.isBlank())
            .findFirst()
            .orElseThrow(
                () ->
                    new HubProblem(
                        400,
                        "BTN-2409",
                        "No conversation named",
                        "Send JSON with conversationId, the id of the conversation in Genesys"
                            + " Cloud."));
    watches.of(hub).readNow(id);
  }
}
