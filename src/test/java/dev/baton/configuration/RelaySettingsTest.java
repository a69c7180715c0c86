package dev.baton.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RelaySettingsTest {
  private static final String RELAY = "baton.channels.servicenow.it.";

  private static Map<String, String> with(String... more) {
    Map<String, String> properties = new HashMap<>();
    properties.put("baton.bots.it.secret", "s3cr3t-of-it");
    for (int i = 0; i < more.length; i += 2) {
      properties.put(more[i], more[i + 1]);
    }
    return properties;
  }

  private static RelaySettings relay(String... more) {
    Settings settings = Settings.of(with(more));
    return RelaySettings.of(settings.channels().get(0), settings.bots().get("it"));
  }

  @Test
  void oneKeySwitchesTheRelayOnAndTheBotsSecretOpensIt() {
    RelaySettings relay = relay(RELAY + "wait", "15s");

    assertThat(relay.root()).isEqualTo("https://directline.botframework.com/v3/directline");
    assertThat(relay.secret().reveal()).isEqualTo("s3cr3t-of-it");
    assertThat(relay.defaultWait()).isEqualTo(Duration.ofSeconds(15));
    assertThat(relay.longestWait()).isEqualTo(Duration.ofSeconds(100));
    assertThat(relay.passThrough()).isFalse();
    assertThat(relay.turns().finalEvents()).containsExactly("handoff.initiate");
    assertThat(relay).asString().doesNotContain("s3cr3t");
  }

  @Test
  void everyKeyIsRead() {
    RelaySettings relay =
        relay(
            "baton.bots.it.url",
            "https://india.directline.botframework.com/",
            "baton.bots.it.stream",
            "polling",
            "baton.bots.it.handoff-events",
            "escalate",
            RELAY + "secrets",
            "one-key,other-key",
            RELAY + "wait",
            "60s",
            RELAY + "longest-wait",
            "30s",
            RELAY + "concurrent",
            "7",
            RELAY + "exclude",
            "own,trace",
            RELAY + "pass-through-secret",
            "true",
            RELAY + "turn-quiet",
            "1s",
            RELAY + "turn-longest",
            "500ms");

    assertThat(relay.root()).isEqualTo("https://india.directline.botframework.com/v3/directline");
    assertThat(relay.polling()).isTrue();
    assertThat(relay.accepted()).isEqualTo(List.of(new Secret("one-key"), new Secret("other-key")));
    assertThat(relay.defaultWait()).isEqualTo(Duration.ofSeconds(30));
    assertThat(relay.concurrent()).isEqualTo(7);
    assertThat(relay.exclude()).containsExactlyInAnyOrder("own", "trace");
    assertThat(relay.passThrough()).isTrue();
    assertThat(relay.turns().quiet()).isEqualTo(Duration.ofSeconds(1));
    assertThat(relay.turns().longest()).isEqualTo(Duration.ofSeconds(1));
    assertThat(relay.turns().finalEvents()).contains("escalate", "handoff.initiate");
  }

  @ParameterizedTest
  @CsvSource({
    "longest-wait, 5m, at most 220s",
    "wait, soon, expected a duration",
    "exclude, everything, 'expected own, trace or both'",
    "turn-quiet, 800, expected a duration",
    "pass-through-secret, maybe, expected true or false",
  })
  void aWrongValueIsNamedBeforeTheStart(String key, String value, String message) {
    assertThatThrownBy(() -> Settings.of(with(RELAY + key, value)))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("BTN-4002")
        .hasMessageContaining(RELAY + key)
        .hasMessageContaining(message);
  }

  @Test
  void aBotWithoutSecretNeedsToPassItThrough() {
    Map<String, String> properties =
        new HashMap<>(
            Map.of(
                "baton.bots.it.token-endpoint", "https://it.example/token", RELAY + "wait", "9s"));
    assertThatThrownBy(() -> Settings.of(properties))
        .hasMessageContaining("BTN-4003")
        .hasMessageContaining("baton.bots.it.secret")
        .hasMessageContaining("pass-through-secret");

    properties.put(RELAY + "pass-through-secret", "true");
    Settings settings = Settings.of(properties);
    assertThat(RelaySettings.of(settings.channels().get(0), settings.bots().get("it")).secret())
        .isNull();
  }
}
