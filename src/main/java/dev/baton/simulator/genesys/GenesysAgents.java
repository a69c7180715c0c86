package dev.baton.simulator.genesys;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.UUID;

/** What agents do. Every method can be called from any thread. */
public final class GenesysAgents {
  private final GenesysSimulatorOptions options;
  private final GenesysConversations conversations;
  private final WebhookSender webhook;

  GenesysAgents(
      GenesysSimulatorOptions options, GenesysConversations conversations, WebhookSender webhook) {
    this.options = options;
    this.conversations = conversations;
    this.webhook = webhook;
  }

  /** The agent's desktop rings. */
  public GenesysParticipant alert(GenesysConversation conversation, GenesysAgent agent) {
    open(conversation);
    return conversations.add(
        conversation, GenesysParticipant.alerting(agent, GenesysConversations.QUEUE, Millis.now()));
  }

  /** The agent does not answer: the leg ends, the conversation waits on. */
  public void leaveUnanswered(GenesysConversation conversation) {
    GenesysParticipant ringing =
        conversation
            .find(p -> p.isAgent() && p.state().equals("alerting"))
            .orElseThrow(() -> wrong("No agent is being alerted", conversation));
    conversations.disconnect(conversation, ringing, DisconnectType.NO_ANSWER_TRANSFER);
  }

  /** The agent takes the conversation from the queue, or the alert. */
  public GenesysParticipant accept(GenesysConversation conversation, GenesysAgent agent) {
    open(conversation);
    Instant now = Millis.now();
    GenesysParticipant connected =
        conversation
            .find(p -> p.isAgent() && agent.id().equals(p.userId()) && p.state().equals("alerting"))
            .map(ringing -> conversation.change(ringing, p -> p.connect(now)))
            .orElseGet(
                () ->
                    conversations.add(
                        conversation,
                        GenesysParticipant.connected(
                            "agent", agent.name(), agent.id(), GenesysConversations.QUEUE, now)));
    conversation
        .find(p -> p.purpose().equals("acd") && p.isOpen())
        .ifPresent(acd -> conversations.disconnect(conversation, acd, DisconnectType.TRANSFER));
    conversations.changed();
    return connected;
  }

  /** The same by {@link GenesysAgent#ROBIN}. */
  public GenesysParticipant accept(GenesysConversation conversation) {
    return accept(conversation, GenesysAgent.ROBIN);
  }

  /** Shows the customer that the agent types. */
  public Future<Integer> typing(GenesysConversation conversation) {
    agent(conversation);
    JsonObject typing =
        new JsonObject()
            .put("eventType", "Typing")
            .put("typing", new JsonObject().put("type", "On").put("duration", 5000));
    return send(conversation, "Event", "typing", new JsonArray().add(typing));
  }

  /** Completes with the status of the webhook's last answer, 0 when there was none. */
  public Future<Integer> say(GenesysConversation conversation, String text) {
    agent(conversation);
    return send(conversation, "Text", text, new JsonArray());
  }

  /** A text of the flow, which comes in by the same webhook and may come while nobody is there. */
  public Future<Integer> flowSays(GenesysConversation conversation, String text) {
    return send(conversation, "Text", text, new JsonArray());
  }

  /**
   * Sends a file.
   *
   * @param mediaType {@code Image}, {@code Video}, {@code Audio}, {@code File} or {@code Link}
   * @param text may be empty: then the message has no text
   */
  public Future<Integer> sendMedia(
      GenesysConversation conversation,
      String mediaType,
      String url,
      String mime,
      String filename,
      String text) {
    agent(conversation);
    JsonObject attachment =
        new JsonObject()
            .put("id", UUID.randomUUID().toString())
            .put("mediaType", mediaType)
            .put("url", url)
            .put("mime", mime)
            .put("filename", filename);
    JsonArray content =
        new JsonArray()
            .add(new JsonObject().put("contentType", "Attachment").put("attachment", attachment));
    return send(conversation, "Text", text, content);
  }

  /**
   * Sends quick replies, a card or a carousel.
   *
   * @param content elements such as {@code {"contentType":"QuickReply","quickReply":{…}}}
   */
  public Future<Integer> sendStructured(
      GenesysConversation conversation, String text, JsonArray content) {
    agent(conversation);
    return send(conversation, "Structured", text, content);
  }

  /** Another agent takes over at once. */
  public void transfer(GenesysConversation conversation, GenesysAgent to, DisconnectType how) {
    GenesysParticipant before = agent(conversation);
    conversations.add(
        conversation,
        GenesysParticipant.connected(
            "agent", to.name(), to.id(), GenesysConversations.QUEUE, Millis.now()));
    conversations.disconnect(conversation, before, how);
  }

  /** Back to a queue, until somebody accepts. */
  public void transferToQueue(GenesysConversation conversation, String queue) {
    GenesysParticipant before = agent(conversation);
    conversations.add(
        conversation, GenesysParticipant.connected("acd", queue, null, queue, Millis.now()));
    conversations.disconnect(conversation, before, DisconnectType.TRANSFER);
  }

  /** The agent disconnects. */
  public void leave(GenesysConversation conversation) {
    leave(conversation, DisconnectType.CLIENT);
  }

  /** The agent's leg ends for a reason that is no transfer; with the last one the conversation. */
  public void leave(GenesysConversation conversation, DisconnectType why) {
    conversations.disconnect(conversation, agent(conversation), why);
    if (conversation.state().equals("queue")) {
      conversations.lastAgentLeft(conversation);
    }
  }

  /** Reports on a message that came in, in the form that goes to the webhook. */
  public Future<Integer> receipt(
      GenesysConversation conversation, GenesysMessage of, String status) {
    JsonObject body =
        outbound(conversation, of.id(), "Receipt")
            .put("status", status)
            .put("isFinalReceipt", !status.equals("Sent"));
    return webhook.deliver(conversation.id(), body);
  }

  private Future<Integer> send(
      GenesysConversation conversation, String type, String text, JsonArray content) {
    String id = UUID.randomUUID().toString().replace("-", "");
    JsonObject body = outbound(conversation, id, type);
    if (type.equals("Event")) {
      body.put("events", content);
    } else {
      body.put("text", text);
      if (!content.isEmpty()) {
        body.put("content", content);
      }
    }
    String by =
        conversation
            .find(p -> p.isAgent() && p.isOpen())
            .map(GenesysParticipant::name)
            .orElse("flow");
    conversation.add(
        new GenesysMessage(
            id,
            false,
            by,
            type,
            text,
            content,
            "Sent",
            Millis.now(),
            body.getJsonObject("channel").getString("time"),
            id));
    conversations.changed();
    return webhook
        .deliver(conversation.id(), body)
        .onSuccess(
            status -> {
              if (status / 100 != 2) {
                conversation.mark(id, "Failed");
                conversations.changed();
              }
            });
  }

  private JsonObject outbound(GenesysConversation conversation, String id, String type) {
    return new JsonObject()
        .put("id", id)
        .put(
            "channel",
            new JsonObject()
                .put("id", options.integrationId)
                .put("platform", "Open")
                .put("type", "Private")
                .put("to", new JsonObject().put("id", conversation.customerId()))
                .put(
                    "from",
                    new JsonObject()
                        .put("id", options.integrationId)
                        .put("idType", "Opaque")
                        .put("nickname", "Baton handoff"))
                .put("time", Millis.now().toString())
                .put("messageId", id))
        .put("type", type)
        .put("direction", "Outbound");
  }

  private static GenesysParticipant agent(GenesysConversation conversation) {
    return conversation
        .find(p -> p.isAgent() && p.state().equals("connected"))
        .orElseThrow(() -> wrong("No agent is connected; accept first", conversation));
  }

  private static void open(GenesysConversation conversation) {
    if (conversation.ended()) {
      throw wrong("The conversation has ended", conversation);
    }
  }

  private static GenesysSimulatorException wrong(String what, GenesysConversation conversation) {
    return new GenesysSimulatorException(
        "BTN-4785", what + " (conversation " + conversation.id() + ")");
  }
}
