package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubProperties;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GenesysSettingsTest {
  private static HubProperties properties(String hub, Map<String, String> keys) {
    Properties properties = new Properties();
    keys.forEach((key, value) -> properties.setProperty("baton.hubs." + hub + key, value));
    DefaultCamelContext context = new DefaultCamelContext(); // never started
    context.getPropertiesComponent().setInitialProperties(properties);
    return new HubProperties(context);
  }

  private static GenesysSettings settings(Map<String, String> keys) {
    return GenesysSettings.of("sales", properties("sales.", keys));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mypurecloud.com",
        "usw2.pure.cloud",
        "mypurecloud.ie",
        "mypurecloud.com.au",
        "use2.us-gov-pure.cloud",
        "edee1.eusc-pure.cloud"
      })
  void apiAndLoginFollowFromTheRegion(String region) {
    GenesysSettings settings = settings(Map.of("region", region));
    assertThat(settings.api()).isEqualTo("https://api." + region);
    assertThat(settings.login()).isEqualTo("https://login." + region);
  }

  @Test
  void apiAndLoginCanBeSetSeparately() {
    GenesysSettings settings =
        settings(Map.of("region", "mypurecloud.de", "login-url", "https://sso.example.com/"));
    assertThat(settings.api()).isEqualTo("https://api.mypurecloud.de");
    assertThat(settings.login()).isEqualTo("https://sso.example.com");
    assertThat(settings(Map.of("url", "https://proxy.example.com/g/")).api())
        .isEqualTo("https://proxy.example.com/g");
  }

  @Test
  void theDefaultsAreThePlatformsOrCareful() {
    GenesysSettings settings = settings(Map.of());
    assertThat(settings.notifications()).isEqualTo(GenesysSettings.Notifications.ON);
    assertThat(settings.maxTopics()).isEqualTo(1000);
    assertThat(settings.requestsPerMinute()).isEqualTo(300);
    assertThat(settings.maxText()).isEqualTo(2000);
    assertThat(settings.renewAfter()).isLessThan(Duration.ofHours(24));
    assertThat(settings.topics()).contains("user.end");
  }

  @Test
  void noSecretIsPartOfAText() {
    GenesysSettings settings =
        settings(Map.of("client-secret", "c-secret", "webhook-secret", "w-secret"));
    assertThat(settings.toString()).doesNotContain("c-secret").doesNotContain("w-secret");
  }

  @Test
  void hubsOfOneClientShareItsTokenAndItsLimit() {
    Map<String, String> clients =
        Map.of("one.client-id", "a", "two.client-id", "a", "other.client-id", "b");
    GenesysHubs hubs = new GenesysHubs(List.of(), properties("", clients), new ManualClock());
    assertThat(hubs.get("one").account()).isSameAs(hubs.get("two").account());
    assertThat(hubs.get("one").account()).isNotSameAs(hubs.get("other").account());
  }
}
