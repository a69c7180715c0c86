package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ControlsTest {
  private static final Set<String> DOCUMENTED =
      Set.of(
          "OutputText",
          "InputText",
          "FileUpload",
          "TopicPickerControl",
          "Picker",
          "Boolean",
          "Date",
          "Time",
          "DateTime",
          "OutputLink",
          "GroupedPartsOutputControl",
          "OutputImage",
          "OutputHtml",
          "OutputCard",
          "OutputTable",
          "MultiPartOutput",
          "CustomControl");
  private static Map<String, Map<String, Object>> samples;
  private final Controls controls =
      new Controls(new Links("https://now.example", url -> !url.contains("10.0.0.1")));

  @BeforeAll
  @SuppressWarnings("unchecked")
  static void read() throws IOException {
    try (InputStream in = ControlsTest.class.getResourceAsStream("/servicenow-va/controls.json")) {
      samples = new ObjectMapper().readValue(in, Map.class);
    }
  }

  @Test
  void everyDocumentedControlHasASample() {
    assertThat(samples.values().stream().map(sample -> sample.get("uiType")))
        .containsAll(DOCUMENTED);
  }

  @TestFactory
  Stream<DynamicTest> everyControlShowsSomething() {
    return samples.entrySet().stream()
        .map(
            sample ->
                DynamicTest.dynamicTest(
                    sample.getKey(),
                    () -> assertThat(controls.render(sample.getValue()).isEmpty()).isFalse()));
  }

  @Test
  void textKeepsItsMarkdownAndItsLinksUnchanged() {
    assertThat(render("text").text())
        .contains("**Restart** it")
        .contains("https://now.example/va_link.do?token=tok123&target_url=https%3A%2F%2Fx.example")
        .endsWith("[Printers](https://now.example/sp?id=kb_article&sys_id=kb1)");
    assertThat(render("text").format()).isEqualTo("markdown");
  }

  @Test
  void pickersOfferEveryOptionWhetherEnabledOrNot() {
    assertThat(render("picker").options())
        .containsExactly(Map.entry("Laptop", "v1"), Map.entry("Phone", "v2"));
    assertThat(render("picker").attachments()).hasSize(2);
    assertThat(render("topics").options()).containsEntry("Live Agent Support.", "topic-1");
    assertThat(render("topics").text()).isEqualTo("What can I do for you?");
  }

  @Test
  void yesAndNoWithoutValuesAreTheirLabels() {
    assertThat(render("boolean").options())
        .containsExactly(Map.entry("Yes", "Yes"), Map.entry("No", "No"));
  }

  @Test
  void severalChoicesAreAFormThatAnswersWithTheirValues() {
    Map<?, ?> content = content(render("several"));
    assertThat(content.toString()).contains("isMultiSelect=true").contains(Picks.OPTION);
    assertThat(render("several").options()).isEmpty();
    assertThat(Picks.picked(Map.of(Picks.OPTION, "a,b"), "", Map.of())).isEqualTo("a,b");
  }

  @Test
  void aRecordIsAnAdaptiveCardWithItsFields() {
    Map<?, ?> content = content(render("record"));
    assertThat(content.get("type")).isEqualTo("AdaptiveCard");
    assertThat(content.toString()).contains("INC0010001").contains("Action.OpenUrl");
    assertThat(content.get("fallbackText").toString()).contains("State: New");
  }

  @Test
  void aCardWithAPictureIsAHeroCard() {
    Rendered card = render("card");
    assertThat(card.attachments().get(0).get("contentType"))
        .isEqualTo("application/vnd.microsoft.card.hero");
    assertThat(content(card).get("images").toString()).contains("https://now.example/pic.png");
  }

  @Test
  void aTableHasARowForEachLineAndAButtonForHavingReadIt() {
    Rendered table = render("table");
    assertThat(table.options()).containsExactly(Map.entry("Done", "DONE"));
    assertThat(content(table).get("fallbackText")).isEqualTo("Asset | Age\nLaptop | 3\nPhone | 1");
  }

  @Test
  void aPartOffersTheNextOne() {
    assertThat(render("part").text()).isEqualTo("First part");
    assertThat(render("part").options()).containsExactly(Map.entry("More", "click_for_more"));
  }

  @Test
  void linksAndPicturesMayBeRelativeToTheInstance() {
    assertThat(render("image").attachments().get(0))
        .containsEntry("contentUrl", "https://now.example/sys_attachment.do?sys_id=1")
        .containsEntry("name", "A plug");
    assertThat(render("link").text()).isEqualTo("Read this\n\n[Guide](https://x.example/guide)");
    assertThat(render("links").text()).contains("- [One](https://x.example/1): first");
  }

  @Test
  void addressesThatMustNotBeShownAreLeftOut() {
    assertThat(
            controls
                .render(
                    Map.of(
                        "uiType", "OutputLink",
                        "label", "Inside",
                        "value", Map.of("action", "http://10.0.0.1/admin")))
                .text())
        .isEqualTo("Inside");
    assertThat(
            controls
                .render(
                    Map.of(
                        "uiType",
                        "OutputLink",
                        "label",
                        "x](evil)",
                        "value",
                        Map.of("action", "https://x.example/a)b")))
                .text())
        .isEqualTo("[x)(evil)](https://x.example/a%29b)");
    assertThat(
            controls
                .render(
                    Map.of(
                        "uiType",
                        "OutputImage",
                        "value",
                        "http://10.0.0.1/a.png",
                        "altText",
                        "alt"))
                .attachments())
        .isEmpty();
    assertThat(
            new Links("https://now.example", url -> true).url("https://now.example@evil.example/"))
        .isNotNull();
    assertThat(
            new Links("https://now.example", url -> false).url("https://now.example@evil.example/"))
        .isNull();
  }

  @Test
  void htmlIsHandedOverAsHtmlSoThatItBecomesPlainText() {
    assertThat(render("html").format()).isEqualTo("html");
    assertThat(render("htmlPicture").attachments()).hasSize(1);
  }

  @Test
  void questionsForADateSayWhatTheyAskFor() {
    assertThat(render("date").asked()).isEqualTo("Date");
    assertThat(render("time").asked()).isEqualTo("Time");
  }

  @Test
  void anUnknownControlShowsItsTextAndIsLoggedOnce() {
    try (Logged logged = new Logged()) {
      Map<String, Object> odd = Map.of("uiType", "Hologram", "label", "Look!");
      assertThat(controls.render(odd).text()).isEqualTo("Look!");
      controls.render(odd);
      assertThat(logged.of("BTN-2348")).hasSize(1);
      assertThat(controls.render(Map.of("uiType", "Nothing")).isEmpty()).isTrue();
      assertThat(controls.render(Map.of()).isEmpty()).isTrue();
    }
  }

  @Test
  void controlCharactersAreRemoved() {
    assertThat(controls.render(Map.of("uiType", "OutputText", "value", "a\u202Eb\u0007c")).text())
        .isEqualTo("abc");
  }

  private Rendered render(String name) {
    return controls.render(samples.get(name));
  }

  private static Map<?, ?> content(Rendered rendered) {
    List<Map<String, Object>> attachments = rendered.attachments();
    return (Map<?, ?>) attachments.get(attachments.size() - 1).get("content");
  }
}
