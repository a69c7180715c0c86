package dev.baton.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BotConfigurationChecksTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "www.example.com",
        "*",
        "https://www.example.com/chat",
        "https://u@www.example.com",
        "ftp://example.com",
        "https://a b"
      })
  void whatIsNotAnOriginIsAFailure(String origin) {
    Finding finding = canvas("allowed-origins", origin);

    assertThat(finding.failed()).isTrue();
    assertThat(finding.seen()).contains(origin);
    assertThat(finding.remedy()).contains("baton.bots.shop.allowed-origins");
  }

  @Test
  void originsSecretsAndFrontEndsAreWaysIn() {
    assertThat(canvas("allowed-origins", "https://www.example.com:8443").level())
        .isEqualTo(Level.OK);
    assertThat(canvas("allowed-origins", "https://www.example.com/").level()).isEqualTo(Level.OK);
    assertThat(canvas("canvas-secret", "a-secret-1").level()).isEqualTo(Level.OK);
    assertThat(canvas("stream", "auto").level()).isEqualTo(Level.WARN);
  }

  @Test
  void aHubThatIsNotConfiguredIsAFailureAndNoneAWarning() {
    Settings settings = settings("stream", "auto");
    BotSettings bot = settings.bots().get("shop");
    BotSettings misspelt =
        new BotSettings(
            "shop",
            bot.url(),
            bot.secret(),
            null,
            "auto",
            List.of("e"),
            List.of("acne"),
            List.of(),
            List.of());

    assertThat(BotConfigurationChecks.hubs(bot, settings).level()).isEqualTo(Level.WARN);
    assertThat(BotConfigurationChecks.hubs(misspelt, settings).seen()).contains("acne");
    assertThat(BotConfigurationChecks.hubs(misspelt, settings).failed()).isTrue();
  }

  private static Finding canvas(String key, String value) {
    Settings settings = settings(key, value);
    return BotConfigurationChecks.canvas(settings.bots().get("shop"), settings);
  }

  private static Settings settings(String key, String value) {
    Map<String, String> properties = new HashMap<>();
    properties.put("baton.bots.shop.secret", "s3cr3t-1");
    properties.put("baton.bots.shop." + key, value);
    return Settings.of(properties);
  }
}
