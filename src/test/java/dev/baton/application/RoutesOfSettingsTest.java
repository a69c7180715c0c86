package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.HubSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RoutesOfSettingsTest {
  private static final List<String> TEMPLATES =
      List.of(
          "bot-receive",
          "hub-http-open",
          "hub-servicenow-open",
          "hub-servicenow-request",
          "hub-servicenow-custom-request",
          "hub-servicenow-custom-more",
          "hub-omnichannel-availability",
          "hub-omnichannel-open",
          "hub-omnichannel-direct-line-open",
          "hub-omnichannel-direct-line-over");

  @Test
  void aTypeWhoseNameBeginsWithAnotherTypesNameKeepsItsTemplatesForItself() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "servicenow"))
        .isEqualTo(Map.of("open", "hub-servicenow-open", "request", "hub-servicenow-request"));
  }

  @Test
  void aVariantHasTheTemplatesOfItsBaseButForItsOwn() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "servicenow-custom"))
        .isEqualTo(
            Map.of(
                "open", "hub-servicenow-open",
                "request", "hub-servicenow-custom-request",
                "more", "hub-servicenow-custom-more"));
  }

  @Test
  void aWayHasItsOwnTemplatesAndTakesTheRestFromItsType() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "omnichannel"))
        .containsOnlyKeys("availability", "open");
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "omnichannel-direct-line"))
        .isEqualTo(
            Map.of(
                "availability", "hub-omnichannel-availability",
                "open", "hub-omnichannel-direct-line-open",
                "over", "hub-omnichannel-direct-line-over"));
    assertThat(RoutesOfSettings.templatesOf(hub(Map.of()))).isEqualTo("omnichannel");
    assertThat(RoutesOfSettings.templatesOf(hub(Map.of("way", "messaging-api"))))
        .isEqualTo("omnichannel");
    assertThat(RoutesOfSettings.templatesOf(hub(Map.of("way", "direct-line"))))
        .isEqualTo("omnichannel-direct-line");
  }

  private static HubSettings hub(Map<String, String> keys) {
    return new HubSettings("service", "omnichannel", keys);
  }

  @Test
  void aTypeWithoutTemplatesIsMadeOfTheUsersOwnRoutes() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "routes")).isEmpty();
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "service")).isEmpty();
  }
}
