package dev.baton.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.Settings;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HandoffHubsTest {
  private static final Map<String, BotSettings> BOTS =
      Settings.of(
              Map.of(
                  "baton.bots.shop.secret", "s3cr3t-of-shop",
                  "baton.bots.shop.hubs", "it,sales,desk",
                  "baton.bots.shop.hubs.it.when", ".domain == \"IT_DOMAIN\"",
                  "baton.bots.shop.hubs.sales.when",
                      ".domain == \"SALES_DOMAIN\" and starts-with($locale, \"en\")",
                  "baton.bots.shop.hubs.sales.context.domain", "\"SALES_DOMAIN\"",
                  "baton.hubs.it.type", "routes",
                  "baton.hubs.sales.type", "routes",
                  "baton.hubs.desk.type", "desk"))
          .bots();

  private final HandoffHubs hubs = new HandoffHubs(BOTS);

  private Map<String, Object> request(String domain) {
    return Map.of("value", Map.of("domain", domain));
  }

  @Test
  void theHubsWhoseConditionHoldsComeInOrderOfPreference() {
    assertThat(hubs.candidates("shop", request("IT_DOMAIN"), "en")).containsExactly("it", "desk");
    assertThat(hubs.candidates("shop", request("SALES_DOMAIN"), "en-GB"))
        .containsExactly("sales", "desk");
    assertThat(hubs.candidates("shop", request("SALES_DOMAIN"), "de")).containsExactly("desk");
  }

  @Test
  void aRequestWithoutVariablesGoesToTheHubsWithoutACondition() {
    assertThat(hubs.candidates("shop", Map.of("value", "please"), null)).containsExactly("desk");
    assertThat(hubs.candidates("shop", null, null)).containsExactly("desk");
  }

  @Test
  void anUnknownBotHasNone() {
    assertThat(hubs.candidates("nobody", request("IT_DOMAIN"), "en")).isEmpty();
  }

  @Test
  void aHubIsAskedWithTheVariablesThatItsRuleAdds() {
    Map<String, Object> undirected = Map.of("value", Map.of("skill", "returns"));
    assertThat(hubs.question(undirected, "shop", "sales", "en"))
        .containsEntry("context", Map.of("skill", "returns", "domain", "SALES_DOMAIN"))
        .containsEntry("skill", "returns");
    assertThat(hubs.question(undirected, "shop", "it", "en"))
        .containsEntry("context", Map.of("skill", "returns"));
    assertThat(hubs.question(undirected, "nobody", "it", null))
        .doesNotContainKey("locale")
        .containsEntry("context", Map.of("skill", "returns"));
  }
}
