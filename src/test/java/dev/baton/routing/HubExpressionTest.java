package dev.baton.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubExpressionTest {
  private static final Map<String, Object> CONTEXT =
      Map.of(
          "domain",
          "IT_DOMAIN",
          "va_Topics",
          List.of("Greeting", "Escalate"),
          "Total",
          120,
          "vip",
          true,
          "nothing",
          "");

  private static boolean holds(String condition) {
    Map<String, String> words = new HashMap<>();
    words.put("bot", "shop");
    words.put("locale", null);
    return HubExpression.of(condition).holds(CONTEXT, words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".domain == \"IT_DOMAIN\"",
        "contains(\"Escalate\", .va_Topics)",
        ".Total > 100 and .vip",
        "$bot == \"shop\"",
        "not(.missing)",
        "$locale == null",
        "starts-with(.domain, \"IT\")",
        ".domain"
      })
  void whatTheExpressionSaysHolds(String condition) {
    assertThat(holds(condition)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".domain == \"SALES_DOMAIN\"", ".missing", ".nothing", "not(.vip)", "null", "[]"})
  void anythingElseDoesNot(String condition) {
    assertThat(holds(condition)).isFalse();
  }

  @Test
  void whatCannotBeDecidedDoesNotHold() {
    assertThat(holds("number(.domain) > 3")).isFalse();
    assertThat(holds("$unknown == 1")).isFalse();
  }

  @Test
  void aRequestWithoutAnObjectHasNoVariables() {
    assertThat(HubExpression.of("not(.domain)").holds("just a text", Map.of())).isTrue();
    assertThat(HubExpression.of(".domain").holds(null, Map.of())).isFalse();
  }

  @Test
  void whatIsNoJsltIsRefusedWithThePlace() {
    assertThatThrownBy(() -> HubExpression.of(".domain == "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1");
  }
}
