package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.configuration.ChannelSettings;

/** A reply in the form of each interface. */
final class ReplyForm {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private ReplyForm() {}

  /** The answer of Bot Connector. Source: blueprint for Power Virtual Agents and live adapters. */
  static ObjectNode botConnector(Reply reply, ChannelSettings settings) {
    ObjectNode answer = head(reply);
    String field = settings.text("reply-field");
    if (!field.equals("replyMessages")) {
      messages(reply, answer.putArray("replymessages"));
    }
    if (!field.equals("replymessages")) {
      messages(reply, answer.putArray("replyMessages"));
    }
    if (!reply.slots().isEmpty()) {
      ObjectNode values = answer.putObject("slotValues");
      reply.slots().forEach((name, slot) -> values.set(name, slot.value()));
    }
    parameters(reply, answer);
    if (reply.error() != null) {
      error(answer, reply.error(), "errorCode");
    }
    return answer;
  }

  /** The answer of Digital Bot Connector. */
  static ObjectNode digitalBotConnector(Reply reply, ChannelSettings settings) {
    ObjectNode answer = head(reply);
    messages(reply, answer.putArray("replyMessages"));
    entities(reply, answer);
    parameters(reply, answer);
    if (reply.error() != null) {
      error(answer, reply.error(), settings.text("error-fields"));
    }
    return answer;
  }

  /**
   * A turn that Baton sends by itself. Source: platform API, model {@code OutgoingMessageRequest}.
   */
  static ObjectNode outgoing(Reply reply, GenesysSession session) {
    ObjectNode request = JSON.objectNode().put("botId", session.botId());
    request.put("botVersion", session.botVersion());
    request.put("botSessionId", session.session());
    request.put("languageCode", session.language());
    request.setAll(head(reply));
    messages(reply, request.putArray("replyMessages"));
    entities(reply, request);
    parameters(reply, request);
    if (reply.error() != null) {
      error(request, reply.error(), "code");
    }
    return request;
  }

  private static ObjectNode head(Reply reply) {
    ObjectNode answer = JSON.objectNode().put("botState", reply.state().word());
    if (reply.intent() != null) {
      answer.put("intent", reply.intent());
    }
    return answer.put("confidence", reply.state() == Reply.State.FAILED ? 0.0 : 1.0);
  }

  private static void messages(Reply reply, ArrayNode into) {
    reply.messages().forEach(message -> into.add(message.deepCopy()));
  }

  private static void parameters(Reply reply, ObjectNode answer) {
    if (!reply.parameters().isEmpty()) {
      ObjectNode parameters = answer.putObject("parameters");
      reply.parameters().forEach(parameters::put);
    }
  }

  private static void entities(Reply reply, ObjectNode answer) {
    if (reply.slots().isEmpty()) {
      return;
    }
    ArrayNode entities = answer.putArray("entities");
    reply
        .slots()
        .forEach(
            (name, slot) -> {
              ObjectNode entity = entities.addObject().put("name", name);
              entity.put("type", slot.type().word());
              if (slot.type().collection()) {
                ArrayNode values = entity.putArray("values");
                for (JsonNode value : slot.value()) {
                  values.add(slot.type().text(value));
                }
              } else {
                entity.put("value", slot.type().text(slot.value()));
              }
            });
  }

  private static void error(ObjectNode answer, Reply.Fault fault, String fields) {
    ObjectNode info = answer.putObject("errorInfo");
    if (!fields.equals("code")) {
      info.put("errorCode", fault.code()).put("errorMessage", fault.message());
    }
    if (!fields.equals("errorCode")) {
      info.put("code", fault.code()).put("message", fault.message());
    }
  }
}
