package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenesysOptionsTest {
  private static String problems(Map<String, String> changes) {
    Map<String, String> keys =
        new HashMap<>(
            Map.of(
                "type", "genesys",
                "region", "mypurecloud.de",
                "client-id", "c-1",
                "client-secret", "qX7vK2mP9wL4",
                "integration-id", "i-1",
                "webhook-secret", "qX7vK2mP9wL4-qX7vK2mP9wL4"));
    keys.putAll(changes);
    Properties properties = new Properties();
    keys.forEach((key, value) -> properties.setProperty("baton.hubs.sales." + key, value));
    return new SettingsLoader()
        .environment(Map.of()).overrides(properties).check().problems().stream()
            .map(Problem::toString)
            .filter(problem -> problem.contains("sales"))
            .toList()
            .toString();
  }

  @Test
  void aCompleteHubHasNoProblem() {
    assertThat(problems(Map.of())).isEqualTo("[]");
    assertThat(problems(Map.of("notifications", "poll", "poll-interval", "3s"))).isEqualTo("[]");
  }

  @ParameterizedTest
  @CsvSource({
    "client-id, '', BTN-4003, missing",
    "client-secret, '', BTN-4003, missing",
    "client-secret, changeme, BTN-4004, placeholder",
    "integration-id, '', BTN-4003, missing",
    "webhook-secret, '', BTN-4003, missing",
    "webhook-secret, tooshort-Q7, BTN-2412, 16 characters",
    "region, mypurecloud.dee, BTN-2412, mypurecloud.de",
    "notifications, trigger, BTN-4003, trigger-secret",
    "notifications, sometimes, BTN-4002, poll",
    "poll-interval, often, BTN-4002, duration",
    "max-topics, -1, BTN-4002, whole number",
    "integration-ids, i-1, BTN-4001, integration-id"
  })
  void aMistakeIsNamedWithItsRemedy(String key, String value, String code, String hint) {
    assertThat(problems(Map.of(key, value)))
        .contains(code)
        .contains(hint)
        .doesNotContain("tooshort-Q7");
  }
}
