package dev.baton.conversation;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.io.IOException;
import java.time.Instant;

/** States and events as JSON, instants in ISO 8601. */
final class StateJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(
                      Instant.class,
                      new JsonSerializer<>() {
                        @Override
                        public void serialize(
                            Instant value, JsonGenerator out, SerializerProvider provider)
                            throws IOException {
                          out.writeString(value.toString());
                        }
                      })
                  .addDeserializer(
                      Instant.class,
                      new JsonDeserializer<>() {
                        @Override
                        public Instant deserialize(JsonParser in, DeserializationContext context)
                            throws IOException {
                          return Instant.parse(in.getText());
                        }
                      }))
          .build();

  private StateJson() {}

  static JsonNode tree(Object value) {
    return MAPPER.valueToTree(value).deepCopy();
  }

  static <T> T copy(T value, Class<T> type) {
    try {
      return MAPPER.readValue(MAPPER.writerFor(type).writeValueAsString(value), type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
