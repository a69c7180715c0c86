package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RoutesOfSettingsTest {
  private static final List<String> TEMPLATES =
      List.of(
          "bot-receive",
          "hub-http-open",
          "hub-servicenow-open",
          "hub-servicenow-events",
          "hub-servicenow-events-alias",
          "hub-servicenow-custom-open",
          "hub-servicenow-custom-events");

  @Test
  void aTypeWhoseNameBeginsWithAnotherTypesNameKeepsItsTemplatesForItself() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "servicenow"))
        .containsExactly(
            "hub-servicenow-open", "hub-servicenow-events", "hub-servicenow-events-alias");
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "servicenow-custom"))
        .containsExactly("hub-servicenow-custom-open", "hub-servicenow-custom-events");
  }

  @Test
  void aTypeWithoutTemplatesIsMadeOfTheUsersOwnRoutes() {
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "routes")).isEmpty();
    assertThat(RoutesOfSettings.ofType(TEMPLATES, "service")).isEmpty();
  }
}
