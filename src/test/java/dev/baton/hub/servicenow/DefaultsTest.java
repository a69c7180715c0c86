package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds when nothing is configured is what the reference says. */
class DefaultsTest {
  private static final String PREFIX = "#baton.hubs.<hub>.";

  @Test
  void theTimersAreThoseOfTheReference() throws IOException {
    Map<String, String> documented = documented();
    assertThat(documented).containsKeys("first-callback", "survey", "agent-look-up");
    assertThat(Rules.of(config(Map.of()))).isEqualTo(Rules.of(config(documented)));
  }

  @Test
  void theRestIsToo() throws IOException {
    ServiceNowConfig usual = config(Map.of());
    ServiceNowConfig documented = config(documented());
    assertThat(usual.path()).isEqualTo(documented.path());
    assertThat(usual.channel()).isEqualTo(documented.channel());
    assertThat(usual.opening()).isEqualTo(documented.opening());
    assertThat(usual.timeout()).isEqualTo(documented.timeout());
  }

  private static ServiceNowConfig config(Map<String, String> keys) {
    return new ServiceNowConfig("it", TestProperties.of(keys));
  }

  private static Map<String, String> documented() throws IOException {
    Map<String, String> documented = new HashMap<>();
    try (InputStream in = DefaultsTest.class.getResourceAsStream("/application.properties")) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      text.lines()
          .filter(line -> line.startsWith(PREFIX) && !line.endsWith("="))
          .map(line -> line.substring(PREFIX.length()).split("=", 2))
          .filter(pair -> !pair[0].contains("<"))
          .forEach(pair -> documented.put(pair[0], pair[1]));
    }
    return documented;
  }
}
