package dev.baton.hub.desk;

import static org.assertj.core.api.Assertions.assertThat;

import at.favre.lib.crypto.bcrypt.BCrypt;
import dev.baton.hub.desk.DeskAccess.Mode;
import dev.baton.hub.desk.DeskAccess.User;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The page in a real browser; screenshots go to {@code target/screenshots}. */
class DeskPageTest {
  private static final Path SHOTS = Path.of("target", "screenshots");
  private static final String ENTER = "\uE007";
  private static final String ESCAPE = "\uE00C";

  private DeskFixture desk;
  private Browser browser;

  @AfterEach
  void stop() {
    if (browser != null) {
      browser.close();
    }
    if (desk != null) {
      desk.close();
    }
  }

  @Test
  void anAgentTakesAChatToItsEndWithTheKeyboard() throws IOException {
    open(DeskAccess.open(), 1280, 800);
    desk.waiting("c1", "Ada", Duration.ofMinutes(3));
    desk.waiting("c2", "Bob", Duration.ofMinutes(1));
    desk.journal.say(
        "c1",
        "user",
        "Ada",
        "<img src=x onerror=alert(1)> see https://a.example/x.",
        Instant.now());
    enterName();
    browser.until("document.querySelectorAll('.item').length === 2");
    browser.until("document.title.startsWith('(2)')");

    browser.press("j");
    browser.until("document.querySelectorAll('.bubble').length === 3");
    assertThat(browser.text("#chat-name")).isEqualTo("Ada");
    assertThat(browser.run("return document.querySelectorAll('.bubble img').length").asInt())
        .isZero();
    assertThat(browser.run("return document.querySelector('.bubble a').href").asText())
        .isEqualTo("https://a.example/x");
    assertThat(browser.text("#context-body")).contains("Last topic", "Refund", "Order number");
    browser.screenshot(SHOTS.resolve("desk-waiting.png"));

    browser.press("a");
    browser.until("document.activeElement.id === 'text'");
    browser.press("Hello Ada" + ENTER);
    browser.until("document.querySelector('.line.agent:not(.pending)')");
    assertThat(desk.events.types()).containsExactly("accepted", "typing", "message");

    desk.desk.hub().typing("c1", Map.of("on", true));
    browser.until("!document.querySelector('#typing').hidden");
    desk.journal.say("c1", "user", "Ada", "thank you", Instant.now());
    browser.until("document.querySelector('#typing').hidden");
    browser.until("document.querySelector('#live').textContent === 'Ada: thank you'");
    browser.screenshot(SHOTS.resolve("desk-chat.png"));

    browser.press(ESCAPE);
    browser.press("e");
    browser.until("document.querySelector('#confirm-dialog').open");
    assertThat(desk.events.types()).doesNotContain("ended");
    browser.click("#confirm-yes");
    browser.until("!document.querySelector('#closed-note').hidden");
    assertThat(desk.events.types()).last().isEqualTo("ended");
    assertThat(desk.get("/desk").headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void unreadMessagesOfOtherChatsAreCounted() throws IOException {
    open(DeskAccess.open(), 1280, 800);
    desk.waiting("c1", "Ada", Duration.ofMinutes(3));
    desk.waiting("c2", "Bob", Duration.ofMinutes(1));
    enterName();
    for (String name : new String[] {"Ada", "Bob"}) {
      browser.press(ESCAPE + "1j");
      browser.until("document.querySelector('#chat-name').textContent === '" + name + "'");
      browser.press("a");
      browser.until("document.activeElement.id === 'text'");
    }

    desk.journal.say("c1", "user", "Ada", "one", Instant.now());
    desk.journal.say("c1", "user", "Ada", "two", Instant.now());

    browser.until("document.querySelector('.item[data-id=c1] .unread').textContent === '2'");
    browser.until("document.title.startsWith('(2)')");
    browser.click(".item[data-id=c1]");
    browser.until("document.querySelector('.item[data-id=c1] .unread').hidden");
    browser.until("!document.title.startsWith('(')");
  }

  @Test
  void aMessageThatWasNotSentStaysInTheBoxAndIsNotDoubled() throws IOException {
    open(DeskAccess.open(), 1280, 800);
    desk.waiting("c1", "Ada", Duration.ofMinutes(3));
    enterName();
    browser.until("document.querySelector('.item')");
    browser.press("ja");
    browser.until("document.activeElement.id === 'text'");
    desk.events.failure = new IllegalStateException("no disk");

    browser.press("Hello" + ENTER);
    browser.until("!document.querySelector('#send-error').hidden");
    assertThat(browser.run("return document.querySelector('#text').value").asText())
        .isEqualTo("Hello");

    desk.events.failure = null;
    browser.press(ENTER);
    browser.until("document.querySelectorAll('.line.agent:not(.pending)').length === 1");
    browser.until("document.querySelector('#send-error').hidden");
    assertThat(desk.events.types().stream().filter("message"::equals)).hasSize(1);
  }

  @Test
  void thePageComesBackAfterTheServerWasAway() throws IOException {
    open(DeskAccess.open(), 1280, 800);
    enterName();
    browser.until("document.querySelector('#connection').dataset.state === 'on'");
    int port = desk.server.actualPort();

    DeskFixture.await(desk.server.close());
    browser.until("document.querySelector('#connection').dataset.state === 'off'");
    desk.waiting("c1", "Ada", Duration.ofMinutes(3));
    DeskFixture.await(desk.listen(port));

    browser.until("document.querySelector('#connection').dataset.state === 'on'");
    browser.until("document.querySelectorAll('.item').length === 1");
  }

  @Test
  void aPhoneShowsOnePaneAtATime() throws IOException {
    open(DeskAccess.open(), 500, 800);
    desk.waiting("c1", "Ada", Duration.ofMinutes(3));
    enterName();
    browser.until("document.querySelector('.item')");
    assertThat(shown(".chat")).isFalse();

    browser.click(".item");
    browser.until("document.querySelector('.bubble')");
    assertThat(shown(".lists")).isFalse();
    browser.screenshot(SHOTS.resolve("desk-phone.png"));
    browser.click("#details");
    browser.until("document.querySelector('#context').checkVisibility()");
    browser.click("#context-close");
    browser.click("#back");

    assertThat(shown(".lists")).isTrue();
    assertThat(shown(".chat")).isFalse();
    assertThat(browser.run("return document.documentElement.scrollWidth <= innerWidth").asBoolean())
        .as("nothing overflows")
        .isTrue();
  }

  @Test
  void usersLogInOnThePage() throws IOException {
    String hash = BCrypt.withDefaults().hashToString(4, "s3cret".toCharArray());
    open(
        new DeskAccess(
            Mode.USERS,
            Map.of("grace", new User("Grace Hopper", hash)),
            null,
            Duration.ofHours(1),
            null),
        1280,
        800);
    browser.until("document.querySelector('#login-dialog').open");

    browser.press("grace\uE004wrong" + ENTER);
    browser.until("!document.querySelector('#login-error').hidden");
    browser.run(
        "document.querySelector('#login-password').value = ''; document.querySelector('#login-password').focus()");
    browser.press("s3cret" + ENTER);

    browser.until("document.querySelector('#identity').textContent === 'Grace Hopper'");
    browser.until("document.querySelector('#connection').dataset.state === 'on'");
    assertThat(browser.run("return document.cookie").asText()).isEmpty();
  }

  private boolean shown(String selector) {
    return browser
        .run("return document.querySelector('" + selector + "').checkVisibility()")
        .asBoolean();
  }

  private void open(DeskAccess access, int width, int height) throws IOException {
    browser = Browser.start(width, height);
    desk = new DeskFixture(access, DeskFixture.hub("desk"));
    browser.open(desk.at("/desk"));
  }

  private void enterName() {
    browser.until("document.querySelector('#name-dialog').open");
    browser.press("Grace" + ENTER);
    browser.until("document.querySelector('#identity').textContent === 'Grace'");
  }
}
