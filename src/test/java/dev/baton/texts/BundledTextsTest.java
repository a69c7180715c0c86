package dev.baton.texts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.conversation.TextKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundledTextsTest {
  private static final Map<String, String> ALL =
      Map.of(
          "agent",
          "Grace",
          "position",
          "3",
          "minutes",
          "7",
          "hub",
          "IT",
          "link",
          "https://example.com/s?a=1");

  private final BundledTexts texts = with(Map.of());

  @ParameterizedTest
  @ValueSource(strings = {"en", "de", "fr", "es", "ja"})
  void everyTextExistsInEveryLanguage(String language) {
    List<String> keys = Arrays.stream(TextKey.values()).map(TextKey::key).toList();
    Map<String, Template> bundle = Bundle.load(language);
    assertThat(bundle.keySet()).containsAll(keys);
    assertThat(bundle.values()).noneMatch(template -> template.text().isBlank());
    assertThat(bundle.keySet()).isEqualTo(Bundle.load("en").keySet());
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr", "es", "ja"})
  void everyLanguageMentionsTheSameValues(String language) {
    Map<String, Template> bundle = Bundle.load(language);
    Bundle.load("en")
        .forEach(
            (key, text) -> assertThat(bundle.get(key).names()).as(key).isEqualTo(text.names()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"de", "fr", "es", "ja"})
  void noTextIsLeftInEnglish(String language) {
    for (TextKey key : TextKey.values()) {
      assertThat(texts.text(key, language, ALL)).isNotEqualTo(texts.text(key, "en", ALL));
    }
  }

  @Test
  void noValuesNeverLeaveAHole() {
    for (String language : BundledTexts.LANGUAGES) {
      for (TextKey key : TextKey.values()) {
        Optional<String> text = texts.text(key, language, Map.of());
        assertThat(text.orElse("")).as(language + " " + key).doesNotContain("{", "}", "null");
        assertThat(text.isPresent())
            .as(language + " " + key)
            .isEqualTo(key != TextKey.SURVEY && key != TextKey.OFFER_HUB);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "de, Sie", "de-AT, Sie", "DE-at, Sie", "de_DE, Sie", "fr-CA, vous", "es-419, puesto",
    "ja-JP, 待ち順", "en-GB, You are", "it-IT, You are", "x, You are", "'', You are", "'-', You are"
  })
  void theLanguageFollowsTheLocaleInAnySpelling(String locale, String part) {
    assertThat(texts.text(TextKey.QUEUE_POSITION, locale, Map.of("position", "2")).orElseThrow())
        .containsIgnoringCase(part)
        .contains("2");
  }

  @Test
  void anUnknownLanguageGetsTheDefaultOne() {
    BundledTexts german = new BundledTexts(Map.of(), "de-DE");
    assertThat(german.text(TextKey.QUEUED, null, Map.of()).orElseThrow()).contains("Wir verbinden");
    assertThat(german.text(TextKey.QUEUED, "it", Map.of()).orElseThrow()).contains("Wir verbinden");
    assertThat(german.text(TextKey.QUEUED, "en", Map.of()).orElseThrow()).contains("connecting");
    assertThat(new BundledTexts(Map.of(), "xx").text(TextKey.QUEUED, "it", Map.of()).orElseThrow())
        .contains("connecting");
  }

  @Test
  void thePlaceInTheQueueIsToldAsFarAsItIsKnown() {
    assertThat(position("position", "2")).contains("2").doesNotContain("min");
    assertThat(position("minutes", "4")).contains("4 min").doesNotContain("number");
    assertThat(position("position", "2", "minutes", "4")).contains("number 2", "4 min");
    assertThat(texts.text(TextKey.QUEUE_POSITION, "en", Map.of()))
        .isEqualTo(texts.text(TextKey.QUEUED, "en", Map.of()));
  }

  @Test
  void aNameOfControlCharactersOnlyIsNoName() {
    assertThat(texts.text(TextKey.AGENT_JOINED, "en", Map.of("agent", "\u0000\u202e \n")))
        .isEqualTo(texts.text(TextKey.AGENT_JOINED_UNNAMED, "en", Map.of()));
  }

  @Test
  void valuesAreOneLineWithoutControlsAndAreNeverRead() {
    assertThat(joined("Gr\u0007ace\r\n<b>\u202eHopper</b>  $1 \\ {link}"))
        .isEqualTo("Gr" + "ace <b>Hopper</b> $1 \\ {link} has joined the chat.");
    assertThat(joined("n".repeat(5000))).hasSizeLessThan(150).contains("…");
    assertThat(joined("\ud83d\ude00".repeat(200))).doesNotContain("?").contains("\ud83d\ude00…");
    assertThat(joined("علی\u200cرضا")).startsWith("علی\u200cرضا");
  }

  @Test
  void aLinkIsKeptWhole() {
    String link = "https://example.com/" + "a".repeat(500);
    assertThat(texts.text(TextKey.SURVEY, "en", Map.of("link", link)).orElseThrow()).endsWith(link);
  }

  @Test
  void configurationChangesATextForEveryLanguageOrOne() {
    BundledTexts own =
        with(Map.of("queued", "One moment", "de.queued", "Moment", "de-CH.queued", "Grüezi"));
    assertThat(own.text(TextKey.QUEUED, "fr", Map.of())).contains("One moment");
    assertThat(own.text(TextKey.QUEUED, null, Map.of())).contains("One moment");
    assertThat(own.text(TextKey.QUEUED, "de-AT", Map.of())).contains("Moment");
    assertThat(own.text(TextKey.QUEUED, "de-ch", Map.of())).contains("Grüezi");
    assertThat(own.problems()).isEmpty();
  }

  @Test
  void configurationAddsALanguage() {
    BundledTexts own = with(Map.of("it.queued", "Un momento, per favore."));
    assertThat(own.text(TextKey.QUEUED, "it-IT", Map.of())).contains("Un momento, per favore.");
    assertThat(own.text(TextKey.COMPLETED, "it-IT", Map.of()).orElseThrow()).contains("virtual");
  }

  @Test
  void anEmptyTextSilencesWithAllItsVariants() {
    BundledTexts own = with(Map.of("queue-position", "", "fr.completed", " "));
    assertThat(own.text(TextKey.QUEUE_POSITION, "en", ALL)).isEmpty();
    assertThat(own.text(TextKey.QUEUE_POSITION, "de", Map.of("minutes", "2"))).isEmpty();
    assertThat(own.text(TextKey.COMPLETED, "fr", Map.of())).isEmpty();
    assertThat(own.text(TextKey.COMPLETED, "de", Map.of())).isPresent();
  }

  @Test
  void oneVariantCanBeChangedAlone() {
    BundledTexts own = with(Map.of("queue-position-minutes", "{minutes} to go"));
    assertThat(own.text(TextKey.QUEUE_POSITION, "en", Map.of("minutes", "2"))).contains("2 to go");
    assertThat(own.text(TextKey.QUEUE_POSITION, "en", ALL).orElseThrow()).contains("number 3");
  }

  @Test
  void aChangedTextWhoseValueIsMissingGivesWayToTheShippedOne() {
    BundledTexts own = with(Map.of("queue-position", "No. {position}"));
    assertThat(own.text(TextKey.QUEUE_POSITION, "en", ALL)).contains("No. 3");
    assertThat(own.text(TextKey.QUEUE_POSITION, "en", Map.of("minutes", "2")).orElseThrow())
        .contains("2 min");
  }

  @Test
  void senselessConfigurationIsNamedWithItsRemedyAndLeftOut() {
    BundledTexts own = with(Map.of("queud", "x", "queued", "Hi {agent}", "d!.queued", "x"));
    assertThat(own.problems()).containsOnlyKeys("queud", "queued", "d!.queued");
    assertThat(own.problems().get("queud")).contains("no such text", "agent-joined");
    assertThat(own.problems().get("queued")).contains("[agent]", "can only know []");
    assertThat(own.problems().get("d!.queued")).contains("<locale>.<key>");
    assertThat(own.text(TextKey.QUEUED, "en", Map.of()))
        .isEqualTo(texts.text(TextKey.QUEUED, "en", Map.of()));
  }

  private static BundledTexts with(Map<String, String> overrides) {
    return new BundledTexts(overrides, null);
  }

  private String joined(String agent) {
    return texts.text(TextKey.AGENT_JOINED, "en", Map.of("agent", agent)).orElseThrow();
  }

  private String position(String... pairs) {
    Map<String, String> values =
        pairs.length == 2
            ? Map.of(pairs[0], pairs[1])
            : Map.of(pairs[0], pairs[1], pairs[2], pairs[3]);
    return texts.text(TextKey.QUEUE_POSITION, "en", values).orElseThrow();
  }
}
