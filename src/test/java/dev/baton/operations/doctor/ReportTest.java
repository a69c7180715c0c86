package dev.baton.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final Finding.About ABOUT = new Finding.About("BTN-2305", "hub it", "endpoint");

  @Test
  void warningsAreGoodEnoughForScriptsFailuresAreNot() {
    assertThat(new Report(List.of(ABOUT.warn("a", "b", "c"), ABOUT.passive("d", "", ""))).good())
        .isTrue();
    assertThat(new Report(List.of(ABOUT.ok("a"), ABOUT.fail("b", "c", "d"))).good()).isFalse();
  }

  @Test
  void theLastLineTellsWhatToDoFirstAndAFailureComesBeforeAWarning() {
    assertThat(last(ABOUT.warn("a", "b", "warned"), ABOUT.fail("a", "b", "do this")))
        .isEqualTo("0 ok, 1 warn, 1 fail. Do this first (BTN-2305): do this");
    assertThat(last(ABOUT.warn("a", "b", "warned"), ABOUT.ok("a")))
        .isEqualTo("1 ok, 1 warn, 0 fail. Do this first (BTN-2305): warned");
    assertThat(last(ABOUT.ok("a"))).isEqualTo("1 ok, 0 warn, 0 fail. Nothing to do.");
  }

  @Test
  void findingsAreGroupedAndExplainedAndColouredOnlyWhenAsked() {
    Report report =
        new Report(
            List.of(
                new Finding.About("BTN-4502", "bot shop", "token").ok("the bot gives one"),
                ABOUT.fail("callbacks go elsewhere", "not ours", "set both"),
                ABOUT.passive("seen later", "", "")));

    List<String> lines = new ReportText(false).lines(report);

    assertThat(lines)
        .startsWith(
            "bot shop",
            "  ok    BTN-4502  token: the bot gives one",
            "",
            "hub it",
            "  fail  BTN-2305  endpoint: callbacks go elsewhere",
            "                  cause:  not ours",
            "                  remedy: set both");
    assertThat(lines)
        .anySatisfy(line -> assertThat(line).contains("--    BTN-2305  endpoint: seen"));
    assertThat(String.join("", lines)).doesNotContain("\u001b");
    assertThat(String.join("", new ReportText(true).lines(report))).contains("\u001b[31;1mfail");
  }

  @Test
  void longTextsAreWrappedUnderThemselves() {
    String text = "word ".repeat(60).strip();

    List<String> lines = new ReportText(false).lines(new Report(List.of(ABOUT.ok(text))));

    assertThat(lines).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(110));
    assertThat(lines.get(2)).startsWith(" ".repeat(18) + "word");
    assertThat(String.join(" ", lines).replaceAll("\\s+", " ")).contains(text);
  }

  @Test
  void jsonHasEveryPartOfEveryFinding() throws Exception {
    JsonNode json =
        new ObjectMapper()
            .readTree(new Report(List.of(ABOUT.ok("a"), ABOUT.fail("b", "c", "d"))).json());

    assertThat(json.path("good").asBoolean()).isFalse();
    assertThat(json.path("fail").asInt()).isEqualTo(1);
    assertThat(json.path("ok").asInt()).isEqualTo(1);
    JsonNode finding = json.path("findings").path(1);
    assertThat(finding.path("code").asText()).isEqualTo("BTN-2305");
    assertThat(finding.path("level").asText()).isEqualTo("fail");
    assertThat(finding.path("subject").asText()).isEqualTo("hub it");
    assertThat(finding.path("check").asText()).isEqualTo("endpoint");
    assertThat(finding.path("seen").asText()).isEqualTo("b");
    assertThat(finding.path("cause").asText()).isEqualTo("c");
    assertThat(finding.path("remedy").asText()).isEqualTo("d");
  }

  private static String last(Finding... findings) {
    List<String> lines = new ReportText(false).lines(new Report(List.of(findings)));
    return lines.get(lines.size() - 1);
  }
}
