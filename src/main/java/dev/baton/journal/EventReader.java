package dev.baton.journal;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Event;
import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;

/** Makes an event of a message body. */
final class EventReader {
  /** Events that carry just an activity: there the body is the activity itself. */
  private static final Set<String> OF_ACTIVITIES =
      Set.of("customer.said", "customer.left", "bot.said", "bot.ended", "handoff.requested");

  private final String name;

  /**
   * @param name one of the names in {@link Event}
   */
  EventReader(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException(
          "There is no event '" + name + "'. Events are " + String.join(", ", names()));
    }
    this.name = name;
  }

  static Set<String> names() {
    Set<String> names = new TreeSet<>();
    Arrays.stream(Event.class.getAnnotation(JsonSubTypes.class).value())
        .forEach(type -> names.add(type.name()));
    return names;
  }

  Event read(Exchange exchange) throws InvalidPayloadException {
    ObjectNode body = object(exchange);
    ObjectNode json = Json.MAPPER.createObjectNode().put("event", name);
    if (!OF_ACTIVITIES.contains(name)) {
      json.setAll(body == null ? json.objectNode() : body);
      json.put("event", name);
    } else if (body != null) {
      json.set("activity", body);
    } else if (!name.equals("customer.left")) {
      throw new IllegalArgumentException("Event " + name + " needs an activity as the body");
    }
    try {
      return Json.MAPPER.treeToValue(json, Event.class);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The body is not that of an event " + name + ": " + e.getMessage(), e);
    }
  }

  private ObjectNode object(Exchange exchange) throws InvalidPayloadException {
    Object body = exchange.getMessage().getBody();
    JsonNode node;
    if (body == null) {
      return null;
    } else if (body instanceof JsonNode json) {
      node = json.deepCopy();
    } else if (body instanceof java.util.Map) {
      node = Json.MAPPER.valueToTree(body);
    } else {
      try {
        node = Json.MAPPER.readTree(exchange.getMessage().getMandatoryBody(String.class));
      } catch (IOException e) {
        throw new IllegalArgumentException("The body of event " + name + " is not JSON", e);
      }
    }
    if (node == null || node.isNull() || node.isMissingNode()) {
      return null;
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new IllegalArgumentException("The body of event " + name + " is not a JSON object");
  }
}
