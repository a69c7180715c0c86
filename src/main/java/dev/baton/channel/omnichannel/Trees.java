package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** Between JSON trees and maps, in which routes carry JSON. */
final class Trees {
  static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private Trees() {}

  static Map<String, Object> map(JsonNode object) {
    return JSON.convertValue(object, MAP);
  }

  static JsonNode tree(Object value) {
    return JSON.valueToTree(value);
  }
}
