package dev.baton.directline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.vertx.core.buffer.Buffer;
import java.util.Map;

/** JSON as plain maps and lists. */
final class Json {
  private static final ObjectMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private Json() {}

  /** The object, or an empty one when the text is something else. */
  static Map<String, Object> object(String text) {
    try {
      Map<String, Object> read = MAPPER.readValue(text, OBJECT);
      return read == null ? Map.of() : read;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }

  static Buffer buffer(Object value) {
    try {
      return Buffer.buffer(MAPPER.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("The body cannot be written as JSON", e);
    }
  }

  /** The field as an object; empty when it is missing or something else. */
  @SuppressWarnings("unchecked")
  static Map<String, Object> child(Map<String, Object> object, String name) {
    return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  /** The field as text; numbers count as text; null when missing, empty or something else. */
  static String text(Map<String, Object> object, String name) {
    Object value = object.get(name);
    if (value instanceof String || value instanceof Number) {
      String text = value.toString();
      return text.isEmpty() ? null : text;
    }
    return null;
  }
}
