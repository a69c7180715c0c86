package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceNowSettingsTest {
  private static final String HUB = "baton.hubs.it.";

  @Test
  void aHubNeedsAnAddressAndCredentialsForItsCallbacks() {
    assertThatThrownBy(() -> Settings.of(Map.of(HUB + "type", "servicenow")))
        .hasMessageContaining("BTN-4003")
        .hasMessageContaining(HUB + "url")
        .hasMessageContaining(HUB + "callback-password");
    assertThat(settings(Map.of()).hubs().get("it").type()).isEqualTo("servicenow");
  }

  @Test
  void aHeadersSecretIsEnoughForCallbacks() {
    Map<String, String> keys = new HashMap<>();
    keys.put(HUB + "type", "servicenow");
    keys.put(HUB + "url", "https://now.example");
    keys.put(HUB + "callback-secret", "k-one-1, k-two-2");
    assertThat(Settings.of(keys).hubs()).containsKey("it");
  }

  @Test
  void anUnknownKeyNamesTheNearest() {
    assertThatThrownBy(() -> settings(Map.of("signatur-secret", "abc-def")))
        .hasMessageContaining("BTN-4001")
        .hasMessageContaining(HUB + "signature-secret");
  }

  @Test
  void contextVariablesHaveNamesOfTheUsersChoice() {
    assertThat(settings(Map.of("context.LiveAgent_domain", "'IT'")).hubs().get("it").properties())
        .containsEntry("context.LiveAgent_domain", "'IT'");
  }

  @Test
  void valuesAreCheckedByTheirType() {
    assertThatThrownBy(() -> settings(Map.of("first-callback", "soon")))
        .hasMessageContaining(HUB + "first-callback");
    assertThatThrownBy(() -> settings(Map.of("opening", "knock")))
        .hasMessageContaining(HUB + "opening");
    assertThatThrownBy(() -> settings(Map.of("availability", "agents")))
        .hasMessageContaining(HUB + "availability");
    assertThatThrownBy(() -> settings(Map.of("token", "changeme")))
        .hasMessageContaining("BTN-4004")
        .hasMessageContaining(HUB + "token");
  }

  private static Settings settings(Map<String, String> more) {
    Map<String, String> keys = new HashMap<>();
    keys.put(HUB + "type", "servicenow");
    keys.put(HUB + "url", "https://now.example");
    keys.put(HUB + "callback-user", "snow");
    keys.put(HUB + "callback-password", "callback-pass-1");
    more.forEach((key, value) -> keys.put(HUB + key, value));
    return Settings.of(keys);
  }
}
