package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OmnichannelOptionsTest {
  private static final Map<String, String> MESSAGING_API =
      Map.of(
          "type", "omnichannel",
          "url", "https://m-1.eu.omnichannelengagementhub.com",
          "tenant", "contoso.onmicrosoft.com",
          "client-id", "c-1",
          "client-secret", "qX7vK2mP9wL4",
          "scope", "https://1-c.crm4.dynamics.com/.default",
          "organization-id", "o-1",
          "channel-id", "ch-1");
  private static final Map<String, String> DIRECT_LINE =
      Map.of(
          "type", "omnichannel",
          "way", "direct-line",
          "direct-line-secret", "qX7vK2mP9wL4",
          "bot-handle", "contoso");

  private static String problems(Map<String, String> hub, Map<String, String> changes) {
    Map<String, String> keys = new HashMap<>(hub);
    keys.putAll(changes);
    Properties properties = new Properties();
    keys.forEach((key, value) -> properties.setProperty("baton.hubs.service." + key, value));
    return problems(properties);
  }

  private static String problems(Properties properties) {
    return new SettingsLoader()
        .environment(Map.of()).overrides(properties).check().problems().stream()
            .map(Problem::toString)
            .filter(problem -> problem.contains("service"))
            .toList()
            .toString();
  }

  @Test
  void aCompleteHubOfEitherWayHasNoProblem() {
    assertThat(problems(MESSAGING_API, Map.of())).isEqualTo("[]");
    assertThat(problems(DIRECT_LINE, Map.of("automated-ended", "Over\\."))).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "url, '', BTN-4003, missing",
    "client-id, '', BTN-4003, missing",
    "client-secret, '', BTN-4003, missing",
    "client-secret, changeme, BTN-4004, placeholder",
    "scope, '', BTN-4003, missing",
    "channel-id, '', BTN-4003, missing",
    "organization-id, '', BTN-4003, missing",
    "tenant, '', BTN-4003, not known",
    "verify-webhook, false, BTN-4013, speak to customers as an agent",
    "workstream, w-1, BTN-4003, dataverse-url",
    "dataverse-url, https://contoso.crm4.dynamics.com, BTN-4003, workstream",
    "way, letter, BTN-4002, direct-line",
    "chanel-id, x, BTN-4001, channel-id"
  })
  void aMistakeIsNamedWithItsRemedy(String key, String value, String code, String hint) {
    assertThat(problems(MESSAGING_API, Map.of(key, value))).contains(code).contains(hint);
  }

  @ParameterizedTest
  @CsvSource({
    "direct-line-secret, '', BTN-4003, missing",
    "bot-handle, '', BTN-4003, missing",
    "automated-ended, '(over', BTN-4002, regular expression",
    "stream, sometimes, BTN-4002, polling"
  })
  void aMistakeOverDirectLineIsNamedToo(String key, String value, String code, String hint) {
    assertThat(problems(DIRECT_LINE, Map.of(key, value))).contains(code).contains(hint);
  }

  @Test
  void availabilityOverDirectLineNeedsAToken() {
    assertThat(
            problems(
                DIRECT_LINE,
                Map.of("dataverse-url", "https://contoso.crm4.dynamics.com", "workstream", "w-1")))
        .contains("client-id")
        .contains("client-secret")
        .contains("tenant");
  }

  @Test
  void theExamplesInTheDocumentationAreGood() throws Exception {
    String page = Files.readString(Path.of("docs/omnichannel.md"));
    String[] parts = page.split("## Way B");
    assertThat(parts).hasSize(2);
    for (String part : parts) {
      Properties properties = new Properties();
      for (String block : part.split("```properties\n")) {
        int end = block.indexOf("```");
        if (block.startsWith("baton.") || block.startsWith("#")) {
          properties.load(new StringReader(block.substring(0, Math.max(0, end))));
        }
      }
      properties.remove("baton.bots.shop.hubs");
      properties.replaceAll((k, v) -> v.toString().startsWith("{{env:") ? "qX7vK2mP9wL4" : v);
      assertThat(properties).hasSizeGreaterThan(9);
      assertThat(problems(properties)).isEqualTo("[]");
    }
  }
}
