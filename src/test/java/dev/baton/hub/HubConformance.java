package dev.baton.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.application.Application;
import dev.baton.hub.HubUnderTest.Chat;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every hub has to pass, end to end: a customer with a Direct Line client, a simulated bot,
 * the whole of Baton, and the vendor's stand-in. A new hub extends this class and brings its {@link
 * HubUnderTest}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class HubConformance {
  private static final String SECRET = "conformance-canvas-secret";

  private Path folder;
  private CopilotSimulator bot;
  private HubUnderTest hub;
  private Application baton;

  /** The vendor's stand-in, running. */
  protected abstract HubUnderTest startHub();

  @BeforeAll
  void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    bot = CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0));
    hub = startHub();
    baton = start("shared", Map.of());
  }

  @AfterAll
  void stop() {
    if (baton != null) {
      baton.close();
    }
    hub.close();
    bot.close();
  }

  @AfterEach
  void heal() {
    hub.healthy();
  }

  @Test
  void openTwiceWithOneKeyMakesOneConversation() {
    hub.loseNextOpenAnswer();
    Customer customer = handedOff(baton);
    customer.chat(1).accept("Grace");
    customer.canvas.awaits("Grace");
    assertThat(hub.chats(customer.canvas.handoff(1))).isEqualTo(1);
  }

  @Test
  void openWhileClosedMakesNoConversationAndTellsTheBot() {
    hub.closed(true);
    Customer customer = asks(baton);
    customer.canvas.awaits("outside its service hours");
    customer.awaitsStatus("failed");
    assertThat(hub.chat(customer.canvas.handoff(1))).isEmpty();
    customer.botAnswers();
  }

  @Test
  void whatTheCustomerTypesDuringOpenKeepsItsOrder() throws Exception {
    CountDownLatch opening = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    hub.beforeOpenAnswer(
        chat -> {
          opening.countDown();
          pass(go);
        });
    Customer customer = asks(baton);
    assertThat(opening.await(60, TimeUnit.SECONDS)).isTrue();
    List<String> texts = List.of("first", "second", "third");
    texts.forEach(customer.canvas::say);
    go.countDown();
    soon().until(() -> customer.chat(1).texts().size() == 3);
    assertThat(customer.chat(1).texts()).isEqualTo(texts);
  }

  @Test
  void threeIdenticalCallbacksAreOneMessage() {
    Customer customer = accepted(baton);
    customer.chat(1).say("only once", 3);
    customer.chat(1).say("and then", 1);
    customer.canvas.awaits("and then");
    assertThat(customer.canvas.count("only once")).isEqualTo(1);
  }

  @Test
  void aCallbackBeforeTheAnswerToOpenIsNotLost() {
    hub.beforeOpenAnswer(
        chat -> {
          chat.accept("Grace");
          chat.say("I was quick", 1);
        });
    Customer customer = asks(baton);
    customer.canvas.awaits("I was quick");
    List<String> seen = customer.canvas.sees();
    assertThat(indexOf(seen, "Grace has joined")).isLessThan(indexOf(seen, "I was quick"));
  }

  @Test
  void aWrongSignatureDeliversNothing() {
    Customer customer = accepted(baton);
    assertThat(customer.chat(1).forged("I am not an agent")).isEqualTo(401);
    customer.chat(1).say("but I am", 1);
    customer.canvas.awaits("but I am");
    assertThat(customer.canvas.count("not an agent")).isZero();
  }

  @Test
  void whenNoAgentComesTheCustomerIsToldAndTheBotIsBack() throws Exception {
    try (Application impatient = start("impatient", Map.of("baton.timeouts.assignment", "1s"))) {
      Customer customer = handedOff(impatient);
      customer.canvas.awaits("nobody from our team has become available");
      soon().until(() -> customer.chat(1).ends() == 1);
      customer.awaitsStatus("failed");
      customer.botAnswers();
    }
  }

  @Test
  void aSecondAgentIsAnnouncedToTheCustomerButNotToTheBot() {
    Customer customer = accepted(baton);
    customer.chat(1).leave("Grace");
    customer.canvas.awaits("has left the chat");
    customer.chat(1).accept("Alan");
    customer.canvas.awaits("Alan has joined");
    customer.chat(1).end();
    customer.awaitsStatus("completed");
    assertThat(customer.statuses()).containsExactly("accepted", "completed");
    assertThat(customer.canvas.count("has joined")).isEqualTo(2);
  }

  @Test
  void anEndFromBothSidesIsOneCompleted() {
    Customer customer = accepted(baton);
    Chat chat = customer.chat(1);
    CompletableFuture<Void> one = CompletableFuture.runAsync(chat::end);
    CompletableFuture<Void> two = CompletableFuture.runAsync(chat::end);
    CompletableFuture.allOf(one, two).join();
    customer.awaitsStatus("completed");
    customer.botAnswers();
    assertThat(customer.statuses()).containsExactly("accepted", "completed");
    assertThat(customer.canvas.count("has ended")).isEqualTo(1);
  }

  @Test
  void aTextOverTheLimitIsSplitInOrder() {
    Customer customer = accepted(baton);
    StringBuilder text = new StringBuilder();
    for (int word = 0; text.length() < 700; word++) {
      text.append("word").append(word).append(' ');
    }
    customer.canvas.say(text.toString().strip());
    customer.canvas.say("the end");
    soon().until(() -> customer.chat(1).texts().contains("the end"));
    List<String> texts = customer.chat(1).texts();
    assertThat(texts).hasSizeGreaterThan(3).allMatch(part -> part.length() <= 200);
    String joined = String.join(" ", texts.subList(0, texts.size() - 1));
    assertThat(joined.replaceAll("\\s+", " ")).isEqualTo(text.toString().strip());
  }

  @Test
  void aTranscriptOverTheLimitKeepsTheNewestAndSaysSo() {
    hub.maxTranscript(4);
    hub.usedBy("http://127.0.0.1:" + port(baton));
    Canvas canvas = new Canvas(port(baton), SECRET);
    for (int i = 1; i <= 5; i++) {
      canvas.say("question " + i);
    }
    Customer customer = asks(canvas, "talk to a human");
    soon().until(() -> hub.chat(canvas.handoff(1)).isPresent());
    List<String> transcript = customer.chat(1).transcript();
    assertThat(transcript).hasSizeLessThanOrEqualTo(4);
    assertThat(transcript.get(0)).matches(".*\\d+.*left out.*");
    assertThat(String.join("\n", transcript)).contains("human").doesNotContain("question 1");
  }

  @Test
  void aRestartChangesNothingInQueueOrWithAnAgent() throws Exception {
    Application first = start("restarted", Map.of());
    Customer waiting = handedOff(first);
    Customer active = accepted(first);
    active.chat(1).say("before", 1);
    active.canvas.awaits("before");
    int port = port(first);
    int management = first.settings().server().managementPort();
    first.close();
    Map<String, String> same =
        Map.of(
            "baton.port", Integer.toString(port),
            "baton.management.port", Integer.toString(management),
            "baton.public-url", "http://127.0.0.1:" + port);
    try (Application second = start("restarted", same)) {
      assertThat(port(second)).isEqualTo(port);
      waiting.chat(1).accept("Grace");
      waiting.canvas.awaits("Grace has joined");
      active.chat(1).say("after", 1);
      active.canvas.awaits("after");
      active.canvas.say("still here");
      soon().until(() -> active.chat(1).texts().contains("still here"));
      active.chat(1).end();
      active.awaitsStatus("completed");
      assertThat(active.canvas.count("before")).isEqualTo(1);
    }
  }

  @Test
  void aHubThatAsksToWaitGetsEverythingInOrder() {
    Customer customer = accepted(baton);
    hub.throttleNextMessage();
    List<String> texts = List.of("one", "two", "three");
    texts.forEach(customer.canvas::say);
    soon().until(() -> customer.chat(1).texts().size() == 3);
    assertThat(customer.chat(1).texts()).isEqualTo(texts);
  }

  @Test
  void aHubThatIsDownForTooLongGivesTheCustomerBackToTheBot() throws Exception {
    try (Application impatient =
        start("unreachable", Map.of("baton.timeouts.hub-unreachable", "1s"))) {
      hub.down(true);
      Customer customer = asks(impatient);
      customer.canvas.awaits("technical problem");
      customer.awaitsStatus("failed");
      customer.botAnswers();
    }
  }

  @Test
  void aSecondHandoffWorksAfterTheFirst() {
    Customer customer = accepted(baton);
    customer.chat(1).end();
    customer.awaitsStatus("completed");
    customer.botAnswers();
    customer.canvas.say("talk to a human");
    soon().until(() -> hub.chat(customer.canvas.handoff(2)).isPresent());
    customer.chat(2).accept("Alan");
    customer.canvas.awaits("Alan has joined");
    customer.chat(2).say("hello again", 1);
    customer.canvas.awaits("hello again");
  }

  @Test
  void anAgentSeesThatTheCustomerWasShownAMessage() {
    Customer customer = accepted(baton);
    customer.chat(1).say("look here", 1);
    assumeTrue(customer.chat(1).shown("look here").isPresent(), "this hub has no receipts");
    customer.canvas.awaits("look here");
    soon().until(() -> customer.chat(1).shown("look here").orElseThrow());
  }

  @Test
  void anUnknownEventIsIgnored() {
    Customer customer = accepted(baton);
    customer.chat(1).unknownEvent();
    customer.chat(1).say("all well", 1);
    customer.canvas.awaits("all well");
  }

  @Test
  void aLateSurveyIsDelivered() {
    Customer customer = accepted(baton);
    customer.chat(1).end();
    customer.awaitsStatus("completed");
    customer.chat(1).survey("How was it? https://survey.example.com/7");
    customer.canvas.awaits("https://survey.example.com/7");
  }

  /** A customer, and what the bot heard of the conversation. */
  private final class Customer {
    private final Canvas canvas;
    private final String mark;

    private Customer(Canvas canvas, String mark) {
      this.canvas = canvas;
      this.mark = mark;
    }

    private Chat chat(int handoff) {
      return hub.chat(canvas.handoff(handoff)).orElseThrow();
    }

    /** The states that the bot was told, in order. */
    private List<String> statuses() {
      return bot.conversations().stream()
          .map(bot::received)
          .filter(heard -> heard.stream().anyMatch(a -> a.path("text").asText().equals(mark)))
          .flatMap(List::stream)
          .filter(activity -> activity.path("name").asText().equals("handoff.status"))
          .map(activity -> state(activity))
          .toList();
    }

    private void awaitsStatus(String state) {
      soon().until(() -> statuses().contains(state));
    }

    /** The bot is really back: it answers what is said now. */
    private void botAnswers() {
      String question = "echo " + UUID.randomUUID();
      canvas.say(question);
      canvas.awaits(question);
    }
  }

  private static String state(ObjectNode activity) {
    return activity.path("value").path("state").asText();
  }

  private Customer asks(Application application) {
    hub.usedBy("http://127.0.0.1:" + port(application));
    return asks(new Canvas(port(application), SECRET), "talk to a human");
  }

  private Customer asks(Canvas canvas, String words) {
    String mark = "mark " + UUID.randomUUID();
    canvas.say(mark);
    canvas.awaits(mark);
    canvas.say(words);
    return new Customer(canvas, mark);
  }

  private Customer handedOff(Application application) {
    Customer customer = asks(application);
    soon().until(() -> hub.chat(customer.canvas.handoff(1)).isPresent());
    return customer;
  }

  private Customer accepted(Application application) {
    Customer customer = handedOff(application);
    customer.chat(1).accept("Grace");
    customer.canvas.awaits("Grace has joined");
    return customer;
  }

  private Application start(String name, Map<String, String> overrides) throws Exception {
    String port = Integer.toString(freePort());
    Properties properties = new Properties();
    properties.setProperty("baton.host", "127.0.0.1");
    properties.setProperty("baton.port", port);
    properties.setProperty("baton.management.port", Integer.toString(freePort()));
    properties.setProperty("baton.public-url", "http://127.0.0.1:" + port);
    properties.setProperty("baton.data", folder.resolve(name).toString());
    properties.setProperty("baton.routes.folder", folder.resolve("no-routes").toString());
    properties.setProperty("baton.bots.support.url", bot.url().toString());
    properties.setProperty("baton.bots.support.secret", bot.secret());
    properties.setProperty("baton.bots.support.canvas-secret", SECRET);
    properties.setProperty("baton.bots.support.hubs", "acme");
    properties.setProperty("baton.timeouts.settle", "200ms");
    properties.setProperty("baton.lanes.first-delay", "100ms");
    hub.settings().forEach((key, value) -> properties.setProperty("baton.hubs.acme." + key, value));
    overrides.forEach(properties::setProperty);
    Path file = Files.writeString(folder.resolve(name + ".properties"), "");
    return Application.start(properties, file);
  }

  private static int port(Application application) {
    return application.settings().server().port();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int indexOf(List<String> texts, String part) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i).contains(part)) {
        return i;
      }
    }
    throw new AssertionError(part + " is not among " + texts);
  }

  private static void pass(CountDownLatch go) {
    try {
      assertThat(go.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(50));
  }
}
