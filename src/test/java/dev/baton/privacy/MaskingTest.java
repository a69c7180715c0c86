package dev.baton.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MaskingTest {
  private final Report report = new Report();

  private static Masking masking(Map<String, String> properties) {
    return new PrivacyRules(properties).of(Map.of());
  }

  private String mask(String kind, String text) {
    return masking(Map.of("baton.privacy.mask", kind)).text(text, report);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card|my card is 4111 1111 1111 1111, thanks|my card is [card], thanks",
        "card|4111-1111-1111-1111|[card]",
        "card|5500005555555559.|[card].",
        "iban|DE89 3704 0044 0532 0130 00|[iban]",
        "iban|pay gb29NWBK60161331926819 now|pay [iban] now",
        "email|write to ada.b+x@mail.example.org!|write to [email]!",
        "phone|call +49 (0)30 1234567|call [phone]",
        "phone|or 555-010-1234|or [phone]",
        "us-ssn|078-05-1120|[us-ssn]",
        "ipv4|from 192.168.1.20.|from [ipv4]."
      })
  void kindsOfTextAreMasked(String kind, String text, String masked) {
    assertThat(mask(kind, text)).isEqualTo(masked);
    assertThat(report.asMap()).containsEntry("masked", Map.of(kind, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "card|order 4111 1111 1111 1112 has no check digit",
        "card|A-1001 of 2026-11-20",
        "iban|DE89 3704 0044 0532 0130 01",
        "email|me@home",
        "phone|12 boxes, 3 of them open",
        "us-ssn|000-12-3456",
        "ipv4|version 4.18.0 or 999.1.1.1"
      })
  void whatOnlyLooksLikeItIsLeft(String kind, String text) {
    assertThat(mask(kind, text)).isEqualTo(text);
    assertThat(report.isEmpty()).isTrue();
  }

  @Test
  void aPatternOfOnesOwnMasksUnderItsName() {
    Masking own =
        masking(
            Map.of("baton.privacy.mask", "order,email", "baton.privacy.pattern.order", "ORD-\\d+"));
    assertThat(own.text("ORD-17 and ORD-18 of a@b.example", report))
        .isEqualTo("[order] and [order] of [email]");
    assertThat(report.counts()).isEqualTo(Map.of("masked", 3));
  }

  @Test
  void whatThePatternFindsMayHoldAnyCharacter() {
    Masking own =
        masking(Map.of("baton.privacy.mask", "a$1", "baton.privacy.pattern.a$1", "x\\$\\\\y"));
    assertThat(own.text("1 x$\\y 2", report)).isEqualTo("1 [a$1] 2");
  }

  @Test
  void variablesAreMaskedAndDeniedAtAnyDepthAndInAnyCase() {
    Masking masking =
        masking(
            Map.of(
                "baton.privacy.mask", "card",
                "baton.privacy.mask-fields", "PIN",
                "baton.handoff.deny-keys", "secret"));
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("Secret", "s");
    value.put("card", 4111111111111111L);
    value.put("nested", Map.of("pin", "1234", "secret", List.of("x"), "note", "ok"));
    value.put("list", List.of("4111111111111111", Map.of("pin", 1), 7, true));
    value.put("nothing", null);

    Map<String, Object> kept = cast(masking.variables(value, report));

    assertThat(kept)
        .doesNotContainKey("Secret")
        .containsEntry("card", "[card]")
        .containsEntry("nested", Map.of("pin", "[masked]", "note", "ok"))
        .containsEntry("list", List.of("[card]", Map.of("pin", "[masked]"), 7, true))
        .containsEntry("nothing", null);
    assertThat(report.counts()).isEqualTo(Map.of("denied", 2, "masked", 4));
    assertThat(value).containsEntry("Secret", "s");
  }

  @Test
  void anAllowListKeepsEverythingElseBack() {
    Masking masking = masking(Map.of("baton.privacy.allow-keys", "order, va_lasttopic"));
    Map<String, Object> kept =
        cast(
            masking.variables(
                Map.of("Order", Map.of("inner", 1), "va_LastTopic", "Refund", "Other", "x"),
                report));
    assertThat(kept).containsOnlyKeys("Order", "va_LastTopic");
    assertThat(report.asMap()).containsEntry("denied", List.of("Other"));
  }

  @Test
  void aHubsOwnRulesStandInsteadButNobodyIsToldWhatAllAreDenied() {
    PrivacyRules rules =
        new PrivacyRules(
            Map.of(
                "baton.privacy.mask", "card",
                "baton.privacy.mask-fields", "pin",
                "baton.handoff.deny-keys", "secret"));
    Masking open = rules.of(Map.of("mask", "none", "mask-fields", "note", "deny-keys", "extra"));
    assertThat(
            open.variables(
                Map.of(
                    "text", "4111111111111111", "pin", 1, "note", "n", "secret", "s", "extra", "e"),
                report))
        .isEqualTo(Map.of("text", "4111111111111111", "pin", 1, "note", "[masked]"));
  }

  @Test
  void aSummaryInPlaceOfVariablesIsMaskedToo() {
    assertThat(masking(Map.of("baton.privacy.mask", "email")).variables("mail a@b.example", report))
        .isEqualTo("mail [email]");
  }

  @Test
  void withoutRulesNothingIsToBeDone() {
    assertThat(masking(Map.of()).isNone()).isTrue();
    assertThat(masking(Map.of()).text(null, report)).isNull();
  }

  @Test
  void aReportNamesOnlySoMany() {
    IntStream.range(0, 60).forEach(i -> report.leftOut("k" + i));
    assertThat((List<?>) report.asMap().get("leftOut"))
        .hasSize(51)
        .last()
        .isEqualTo("… and 10 more");
    assertThat(report.counts()).isEqualTo(Map.of("left-out", 60));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(", "x*", "[a"})
  void aPatternThatCannotBeUsedIsNamed(String regex) {
    assertThatThrownBy(() -> new PrivacyRules(Map.of("baton.privacy.pattern.mine", regex)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("baton.privacy.pattern.mine: ");
  }

  @Test
  void anUnknownPatternIsNamedWithTheKnownOnes() {
    assertThatThrownBy(() -> masking(Map.of("baton.privacy.mask", "cards")))
        .hasMessageContaining("'cards'")
        .hasMessageContaining("card");
  }

  @Property
  void textWithoutAMatchIsNotTouchedAndNothingBreaks(@ForAll String text) {
    Report found = new Report();
    String masked =
        masking(Map.of("baton.privacy.mask", "card,iban,email,phone,us-ssn,ipv4"))
            .text(text, found);
    if (found.isEmpty()) {
      assertThat(masked).isEqualTo(text);
    } else {
      assertThat(masked).contains("[");
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> cast(Object map) {
    return (Map<String, Object>) map;
  }
}
