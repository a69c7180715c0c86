package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** Puts a conversation's output into envelopes and hands them on. */
final class Outbox {
  private final Tables tables;

  Outbox(Tables tables) {
    this.tables = tables;
  }

  /** Items without any flag; {@code agentChat} is told while the conversation is with agents. */
  void say(VaChat chat, JsonObject... items) {
    flagged(chat, new JsonObject(), items);
  }

  /**
   * @param flags put into the envelope, for example {@code completed}
   */
  void flagged(VaChat chat, JsonObject flags, JsonObject... items) {
    JsonArray body = new JsonArray();
    boolean identified = Records.atLeast(tables, "4.0");
    for (JsonObject item : items) {
      boolean control = !"ActionMsg".equals(item.getString("uiType"));
      boolean part = String.valueOf(item.getString("uiType")).startsWith("Stream");
      String id = item.getString("messageId");
      if (control && !part && identified && id == null) {
        id = Tables.newId();
        item.put("messageId", id);
      } else if (!identified) {
        item.remove("messageId");
      }
      if (!part) {
        remember(chat, item, id);
      }
      body.add(item);
    }
    if (chat.silent) {
      return;
    }
    chat.outbound.send(chat, envelope(chat, body, flags));
  }

  JsonObject envelope(VaChat chat, JsonArray body, JsonObject flags) {
    JsonObject envelope = new JsonObject().put("requestId", chat.lastRequestId);
    envelope.put("clientSessionId", chat.clientSessionId == null ? "" : chat.clientSessionId);
    if (chat.lastMessage != null) {
      envelope.put("message", chat.lastMessage);
    }
    envelope.put("userId", chat.userId).put("body", body);
    if (chat.clientVariables != null) {
      envelope.put("clientVariables", chat.clientVariables);
    }
    if (chat.live() && !flags.containsKey("completed")) {
      envelope.put("agentChat", true);
    }
    if (Records.adapterProperty(tables, "send_nlu_score")) {
      envelope.put("score", 1);
    }
    boolean streamStart = "START".equals(flags.getString("streamState"));
    if (Records.atLeast(tables, "4.0") && chat.interactionId != null && !streamStart) {
      envelope.put("interactionId", chat.interactionId);
    }
    return envelope.mergeIn(flags);
  }

  private static void remember(VaChat chat, JsonObject item, String id) {
    String text = first(item, "value", "message", "label", "header", "promptMsg");
    if (text != null) {
      JsonObject agent = item.getJsonObject("agentInfo");
      boolean system = "ActionMsg".equals(item.getString("uiType"));
      chat.add(
          new VaChat.Line(
              system ? "system" : agent == null ? "bot" : "agent",
              agent == null ? null : agent.getString("agentName"),
              text,
              id,
              System.currentTimeMillis()));
    }
  }

  private static String first(JsonObject item, String... keys) {
    for (String key : keys) {
      if (item.getValue(key) instanceof String text && !text.isEmpty()) {
        return text;
      }
    }
    return null;
  }
}
