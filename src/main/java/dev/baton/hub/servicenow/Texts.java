package dev.baton.hub.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON that stands inside JSON as a text, and compact JSON out. */
final class Texts {
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private Texts() {}

  /** The object that a value is or holds as text; an empty one when it is neither. */
  static Map<?, ?> object(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map;
    }
    if (value instanceof String text && text.strip().startsWith("{")) {
      try {
        return JSON.readValue(text, Map.class);
      } catch (JsonProcessingException e) {
        return Map.of();
      }
    }
    return Map.of();
  }

  /** A JSON object; an empty one when it is something else. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> read(byte[] body) {
    try {
      Map<String, Object> json = body == null ? null : JSON.readValue(body, Map.class);
      return json == null ? Map.of() : json;
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** A text as JSON. */
  static String quoted(String text) {
    return TextNode.valueOf(text).toString();
  }

  /** A text that stands as JSON; empty when it is something else. */
  static String unquoted(String json) {
    try {
      return JSON.readTree(json).asText("");
    } catch (JsonProcessingException e) {
      return "";
    }
  }

  /**
   * Without white space, in the order of the map, characters outside ASCII as they are: what a
   * JavaScript engine writes after reading it, which is what ServiceNow signs.
   */
  static byte[] compact(Map<String, Object> json) {
    try {
      // Not writeValueAsBytes, which escapes characters outside the first plane.
      return JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
