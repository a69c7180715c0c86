package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;

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
          "hub-servicenow-custom-more");

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
  void aTypeWithoutTemplatesIsMadeOfTheUsersOwnRoutes() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "routes")).isEmpty();
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "service")).isEmpty();
  }
}
