package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas, the page that describes the contract, and the scripts say the same. */
class ContractTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern EXAMPLE =
      Pattern.compile("```json (request|callback)\\n(.*?)```", Pattern.DOTALL);

  private final Scripts scripts = new Scripts(new Platform());

  static Stream<Arguments> examples() throws IOException {
    Matcher matcher =
        EXAMPLE.matcher(Files.readString(Path.of("docs", "servicenow-custom-chat.md")));
    List<Arguments> examples = new ArrayList<>();
    while (matcher.find()) {
      examples.add(Arguments.of(matcher.group(1), JSON.readTree(matcher.group(2))));
    }
    return examples.stream();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleOfThePageFitsTheSchema(String kind, JsonNode example) {
    Contract contract = kind.equals("request") ? Contract.REQUEST : Contract.CALLBACK;
    assertThat(contract.problems(example)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("examples")
  void theScriptsTakeEveryExampleOfARequest(String kind, JsonNode example) {
    if (kind.equals("request")) {
      assertThat(scripts.evaluate("new BatonChat().problem(" + example + ")")).isEqualTo("null");
    }
  }

  @Test
  void thePageShowsEveryAction() throws IOException {
    TreeSet<String> actions = new TreeSet<>();
    JSON.readTree(scripts.evaluate("BatonChat.ACTIONS"))
        .fieldNames()
        .forEachRemaining(actions::add);
    TreeSet<String> shown = new TreeSet<>();
    examples().forEach(one -> shown.add(((JsonNode) one.get()[1]).path("action").asText()));
    assertThat(shown).containsAll(actions);
  }

  @Test
  void thePageShowsEveryControl() throws IOException {
    TreeSet<String> controls = new TreeSet<>();
    JSON.readTree(scripts.evaluate("BatonChatControls.FIELDS"))
        .fieldNames()
        .forEachRemaining(controls::add);
    TreeSet<String> shown = new TreeSet<>();
    examples()
        .forEach(
            one ->
                ((JsonNode) one.get()[1])
                    .path("body")
                    .forEach(item -> shown.add(item.path("uiType").asText())));
    assertThat(shown).isEqualTo(controls);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"contract\":\"2\",\"requestId\":\"r\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"action\":\"AGENT\"}",
        "{\"contract\":\"1\",\"requestId\":\"a"
            + " b\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"action\":\"AGENT\"}",
        "{\"contract\":\"1\",\"requestId\":\"r\",\"clientSessionId\":\"s\",\"userId\":\"u\",\"message\":{}}"
      })
  void schemaAndScriptsRefuseTheSameRequests(String json) throws IOException {
    assertThat(Contract.REQUEST.problems(JSON.readTree(json))).isNotEmpty();
    assertThat(scripts.evaluate("new BatonChat().problem(" + json + ")")).isNotEqualTo("null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"uiType\":\"OutputText\"}",
        "{\"messageId\":\"1\",\"value\":\"x\"}",
        "{\"uiType\":\"Picker\",\"messageId\":\"1\"}",
        "{\"uiType\":\"ActionMsg\",\"messageId\":\"1\",\"actionType\":\"SystemActionMsg\"}",
        "{\"uiType\":\"OutputCard\",\"messageId\":\"1\",\"data\":{}}"
      })
  void theSchemaOfCallbacksRefusesItemsThatLackWhatTheyNeed(String item) throws IOException {
    String callback =
        "{\"contract\":\"1\",\"id\":\"b\",\"sentAt\":1,\"userId\":\"u\",\"body\":[" + item + "]}";
    assertThat(Contract.CALLBACK.problems(JSON.readTree(callback))).isNotEmpty();
  }
}
