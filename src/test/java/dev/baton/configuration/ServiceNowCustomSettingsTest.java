package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceNowCustomSettingsTest {
  private static final Map<String, String> WHOLE =
      Map.of(
          "type", "servicenow-custom",
          "url", "https://instance.example",
          "path", "/api/1/baton_custom_chat/v1",
          "token", "6b1c0d4f",
          "callback-secret", "9f2a7e55,1c3b8d22",
          "request-secret", "4e5f6a7b",
          "opening", "virtual-agent",
          "skip-words", "skip",
          "context.priority", "'2'",
          "bot-settle", "2s");

  @Test
  void everyKeyOfTheTypeIsKnown() {
    assertThat(Settings.of(hub(Map.of())).hubs().get("it").type()).isEqualTo("servicenow-custom");
  }

  @ParameterizedTest
  @ValueSource(strings = {"url", "path", "callback-secret"})
  void whatIsMissingIsNamed(String key) {
    assertThatThrownBy(() -> Settings.of(hub(Map.of(key, ""))))
        .hasMessageContaining("BTN-4003 baton.hubs.it." + key);
  }

  @ParameterizedTest
  @ValueSource(strings = {"callback-user", "receipts", "request-secrets", "availability"})
  void aKeyThatHasNoMeaningHereIsAnError(String key) {
    assertThatThrownBy(() -> Settings.of(hub(Map.of(key, "true"))))
        .hasMessageContaining("baton.hubs.it." + key);
  }

  @Test
  void aPlaceholderIsNoSecret() {
    assertThatThrownBy(() -> Settings.of(hub(Map.of("request-secret", "changeme"))))
        .hasMessageContaining("BTN-4004")
        .hasMessageNotContaining("changeme");
  }

  private static Map<String, String> hub(Map<String, String> changes) {
    Map<String, String> keys = new HashMap<>(WHOLE);
    keys.putAll(changes);
    keys.values().removeIf(String::isEmpty);
    Map<String, String> properties = new HashMap<>();
    keys.forEach((key, value) -> properties.put("baton.hubs.it." + key, value));
    return properties;
  }
}
