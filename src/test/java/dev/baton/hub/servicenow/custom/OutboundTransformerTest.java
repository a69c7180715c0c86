package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class OutboundTransformerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PAYLOAD =
      "{\"appId\":\"app\",\"userId\":\"K:1\",\"payload\":"
          + "{\"contract\":\"1\",\"requestId\":\"r-1\",\"clientSessionId\":\"K:1\",\"userId\":\"u\"}}";

  private final Platform platform = new Platform();
  private final Scripts scripts = new Scripts(platform);

  static Stream<Arguments> controls() throws IOException {
    JsonNode all =
        JSON.readTree(
            OutboundTransformerTest.class.getResource("/servicenow-custom/controls.json"));
    return StreamSupport.stream(all.spliterator(), false)
        .map(one -> Arguments.of(one.path("name").asText(), one.path("control"), one.path("item")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("controls")
  void everyControlBecomesAnItemOfTheContract(String name, JsonNode control, JsonNode expected)
      throws IOException {
    JsonNode item = transform(control.toString(), PAYLOAD);
    expected
        .properties()
        .forEach(
            field ->
                assertThat(item.get(field.getKey()))
                    .as(field.getKey())
                    .isEqualTo(field.getValue()));
    assertThat(item.path("messageId").asText()).isNotEmpty();
    assertThat(item.path("clientSessionId").asText()).isEqualTo("K:1");
    assertThat(item.has("secret")).isFalse();
    ObjectNode callback = JSON.createObjectNode();
    callback.put("contract", "1").put("id", "b-1").put("sentAt", 1).put("userId", "K:1");
    callback.putArray("body").add(item);
    assertThat(Contract.CALLBACK.problems(callback)).isEmpty();
  }

  @Test
  void everyControlOfTheScriptsHasACase() throws IOException {
    List<String> known = new ArrayList<>();
    JSON.readTree(scripts.evaluate("BatonChatControls.FIELDS"))
        .fieldNames()
        .forEachRemaining(known::add);
    JSON.readTree(scripts.evaluate("BatonChatControls.ALIASES"))
        .forEach(type -> known.add(type.asText()));
    List<String> tested =
        controls().map(one -> ((JsonNode) one.get()[2]).path("uiType").asText()).toList();
    assertThat(tested).containsAll(known);
  }

  @Test
  void controlAndPayloadMayComeAsJsonText() throws IOException {
    String control = JSON.writeValueAsString("{\"uiType\":\"OutputText\",\"value\":\"hello\"}");
    JsonNode item = transform(control, JSON.writeValueAsString(PAYLOAD));
    assertThat(item.path("value").asText()).isEqualTo("hello");
    assertThat(item.path("clientSessionId").asText()).isEqualTo("K:1");
  }

  @Test
  void whatAUserIsSentIsNumbered() throws IOException {
    String control = "{\"uiType\":\"OutputText\",\"value\":\"hello\"}";
    assertThat(transform(control, PAYLOAD).path("sequence").asInt()).isEqualTo(1);
    assertThat(transform(control, PAYLOAD).path("sequence").asInt()).isEqualTo(2);
    assertThat(transform(control, "{}").has("sequence")).isFalse();
  }

  @Test
  void agentChatIsMarkedFromTheQueueUntilVirtualAgentHasTheConversationAgain() throws IOException {
    String text = "{\"uiType\":\"OutputText\",\"value\":\"hello\"}";
    assertThat(transform(text, PAYLOAD).has("agentChat")).isFalse();
    String queued = "{\"actionMsg\":{\"type\":\"SubscribeToSupportQueue\"}}";
    assertThat(transform(queued, PAYLOAD).path("agentChat").asBoolean()).isTrue();
    assertThat(transform(text, PAYLOAD).path("agentChat").asBoolean()).isTrue();
    assertThat(transform(text, PAYLOAD.replace("K:1", "L:1")).has("agentChat")).isFalse();
    String over = "{\"actionMsg\":{\"type\":\"SwitchToVirtualAgentActionMsg\"}}";
    assertThat(transform(over, PAYLOAD).has("agentChat")).isFalse();
    assertThat(transform(text, PAYLOAD).has("agentChat")).isFalse();
  }

  @Test
  void anUnknownControlIsLoggedByItsName() throws IOException {
    transform("{\"uiType\":\"Hologram\",\"label\":\"Look\"}", PAYLOAD);
    assertThat(platform.logs)
        .anyMatch(line -> line.startsWith("warn") && line.contains("Hologram"));
  }

  private JsonNode transform(String control, String payload) throws IOException {
    String outputs =
        scripts.action(
            "actions/outbound-transformer.js", Map.of("rich_control", control, "payload", payload));
    return JSON.readTree(JSON.readTree(outputs).path("result").asText());
  }
}
