package dev.baton.channel.genesys.widget;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.desk.Browser;
import dev.baton.simulator.genesys.GenesysConversation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The page in a real browser, as wide as a widget; screenshots go to {@code target/screenshots}.
 */
class WidgetPageTest {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String ROOT = "/channels/genesys/demo/widget";
  private static final String TAB = "\uE004";
  @TempDir static Path folder;
  private static WidgetFixture widget;
  private static Browser browser;

  @BeforeAll
  static void start() throws IOException {
    browser = Browser.start(400, 700);
    widget = new WidgetFixture(folder);
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (widget != null) {
      widget.close();
    }
  }

  @AfterEach
  void leave() {
    browser.open(widget.at("/desk/icon.svg"));
  }

  @Test
  void anAgentReadsVariablesSummaryAndTranscriptAndSeesThemGrow() throws IOException {
    String handoff = widget.handedOff("p1", "4111 1111 1111 1111");
    browser.open(widget.at(ROOT + "?" + widget.query("demo", handoff)));
    browser.until("document.querySelectorAll('.line').length >= 2");
    assertThat(browser.text("h1")).isEqualTo("Ada <b>Byron</b>");
    assertThat(browser.text("#state")).isEqualTo("waiting for an agent");
    assertThat(browser.text("#summary")).contains("<script>");
    assertThat(
            browser.run("return document.querySelectorAll('main script, main b').length").asInt())
        .isZero();
    assertThat(browser.text("#context"))
        .contains("Seats", "30", "Last topic", "Sales")
        .doesNotContain("Bot id");
    browser.click("#technical-box summary");
    browser.until("document.querySelector('#technical').textContent.includes('b-1')");
    widget.agentSays(handoff, "Hello, see https://a.example/offer");
    widget.say("p1", "A long question that goes on and on, so that it needs more than one line.");
    browser.until("document.querySelectorAll('.line.user').length === 2");
    browser.until("document.querySelector('#state').textContent === 'with an agent: Robin'");
    assertThat(browser.run("return document.querySelector('.line.agent a').href").asText())
        .isEqualTo("https://a.example/offer");
    assertThat(
            browser
                .run("return document.documentElement.scrollWidth <= window.innerWidth")
                .asBoolean())
        .isTrue();
    browser.screenshot(SHOTS.resolve("genesys-widget.png"));
  }

  @Test
  void everythingIsReachedByKeyboardAndNamedForAScreenReader() {
    String handoff = widget.handedOff("p2", "x");
    browser.open(widget.at(ROOT + "?" + widget.query("demo", handoff)));
    browser.until("document.querySelectorAll('.line').length >= 2");
    browser.until("!document.querySelector('#tab-bot').hidden");
    browser.press(TAB);
    assertThat(focused()).isEqualTo("Skip to the transcript");
    browser.press(TAB);
    assertThat(focused()).isEqualTo("Ask the bot");
    browser.press(TAB);
    assertThat(focused()).isEqualTo("Technical");
    browser.press(TAB);
    assertThat(browser.run("return document.activeElement.id").asText()).isEqualTo("transcript");
    assertThat(
            browser
                .run(
                    "const t = document.activeElement;return t.getAttribute('role') + ' '+"
                        + " document.getElementById(t.getAttribute('aria-labelledby')).textContent")
                .asText())
        .isEqualTo("log Conversation");
  }

  @Test
  void withoutALinkThePageSaysWhatIsMissing() throws IOException {
    browser.open(widget.at(ROOT));
    browser.until("!document.querySelector('#problem').hidden");
    assertThat(browser.text("#problem-text")).contains("needs the link");
    assertThat(browser.run("return document.querySelector('#shown').hidden").asBoolean()).isTrue();
    browser.screenshot(SHOTS.resolve("genesys-widget-no-link.png"));
  }

  @Test
  void anAgentWhoSignsInSeesTheirInteraction() {
    String handoff = widget.handedOff("p3", "x");
    GenesysConversation interaction =
        widget.genesys.begin(handoff, Map.of("batonWidget", widget.widgets.link("demo", handoff)));
    widget.genesys.agents().accept(interaction);
    browser.open(widget.at(ROOT + "?conversationId=" + interaction.id()));
    browser.until("!document.querySelector('#sign-in').hidden");
    browser.click("#sign-in");
    browser.until("document.querySelectorAll('.line').length >= 2");
    assertThat(browser.run("return location.href").asText())
        .contains("signature=")
        .doesNotContain("access_token");
  }

  private static String focused() {
    return browser.run("return document.activeElement.textContent").asText();
  }
}
