package dev.baton.extension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.baton.hub.HubRig;
import dev.baton.simulator.http.HttpHubSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFolderTest {
  private static HttpHubSimulator hub;
  private static HubRig rig;
  @TempDir Path conf;
  private Path folder;
  private RouteFolder routes;

  @BeforeAll
  static void startContext() {
    hub = HttpHubSimulator.start(0, null, "s3cret");
    rig = new HubRig(Map.of("baton.hubs.acme.url", hub.url(), "greeting", "hello"), "acme");
  }

  @AfterAll
  static void stopContext() {
    rig.close();
    hub.close();
  }

  @BeforeEach
  void watch() throws IOException {
    folder = Files.createDirectory(conf.resolve("routes"));
    routes = new RouteFolder(rig.context, folder, true);
  }

  /** Removing the files brings everything back, so that tests may share the context. */
  @AfterEach
  void clean() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
    routes.scan();
    routes.stop();
    assertThat(rig.context.getRoute("own")).isNull();
    assertThat(rig.context.getRoute("hub-acme-send")).isNotNull();
  }

  @Test
  void aNewFileIsUsedAndAChangedOneReplacesIt() throws Exception {
    routes.start();
    write("own.camel.yaml", says("own", "direct:own", "one"));
    soon().until(() -> "one".equals(ask("direct:own")));
    write("own.camel.yaml", says("own", "direct:own", "two"));
    soon().until(() -> "two".equals(ask("direct:own")));
    Files.delete(folder.resolve("own.camel.yaml"));
    soon().until(() -> rig.context.getRoute("own") == null);
  }

  @Test
  void aRouteThatAFileNoLongerHoldsIsTakenOut() throws Exception {
    String second = says("second", "direct:second", "2");
    write("own.camel.yaml", says("own", "direct:own", "one") + second);
    routes.start();
    assertThat(rig.context.getRoute("second")).isNotNull();
    write("own.camel.yaml", says("own", "direct:own", "one"));
    routes.scan();
    assertThat(rig.context.getRoute("second")).isNull();
    assertThat(ask("direct:own")).isEqualTo("one");
  }

  @Test
  void brokenYamlIsRefusedWithFileAndLineAndTheOldOneStays() throws Exception {
    assertRefused("- route:\n    id: own\n   from:\n", "BTN-4301", ":3: ");
  }

  @Test
  void anUnknownStepIsRefusedWithItsLine() throws Exception {
    assertRefused(
        says("own", "direct:own", "x").replace("setBody", "setBoddy"),
        "BTN-4301",
        "setBoddy",
        ":6: ");
  }

  @Test
  void aWrongOptionIsRefusedWithItsLine() throws Exception {
    assertRefused(calls("own", "direct:other?blokc=true"), "BTN-4302", ":7: ", "blokc");
  }

  @Test
  void anOptionThatOnlyOurComponentsKnowIsCheckedToo() throws Exception {
    assertRefused(calls("own", "platform-http:/x?nonsense=1"), "BTN-4302", "nonsense");
  }

  @Test
  void anUnknownComponentIsRefusedWithItsLine() throws Exception {
    assertRefused(calls("own", "sqll:select"), "BTN-4302", ":7: ", "sqll");
  }

  @Test
  void aMissingBeanIsRefused() throws Exception {
    assertRefused(
        says("own", "direct:own", "x")
            + "        - bean:\n            ref: nobody\n            method: nothing\n",
        "BTN-4302",
        "nobody");
  }

  @Test
  void aRefusedFileLeavesNoBeanBehind() throws Exception {
    String bean = "- beans:\n    - name: stray\n      type: java.util.ArrayList\n";
    assertRefused(bean + calls("own", "sqll:select"), "BTN-4302", "sqll");
    assertThat(rig.context.getRegistry().lookupByName("stray")).isNull();
  }

  @Test
  void aRouteWithoutIdIsRefused() throws Exception {
    assertRefused(
        says("own", "direct:own", "x").replace("    id: own\n", ""),
        "BTN-4303",
        "give the route an id");
  }

  @Test
  void aBrokenFileDoesNotStopTheStart() throws Exception {
    write("a.camel.yaml", "- route: [");
    write("b.camel.yaml", says("own", "direct:own", "one"));
    routes.start();
    assertThat(ask("direct:own")).isEqualTo("one");
    assertThat(routes.problems()).containsOnlyKeys(folder.resolve("a.camel.yaml"));
    HealthCheck.Result health = new RouteFolderHealth(routes).call();
    assertThat(health.getState()).isEqualTo(HealthCheck.State.UP);
    assertThat(health.getDetails())
        .extractingByKey(folder.resolve("a.camel.yaml").toString())
        .asString()
        .startsWith("BTN-4301");
  }

  @Test
  void aTemplateMadeRouteIsReplacedAndComesBack() throws Exception {
    assertThat(send()).isEqualTo(404);
    write("acme.camel.yaml", says("hub-acme-send", "direct:hub-acme-send", "own"));
    routes.start();
    assertThat(routes.problems()).isEmpty();
    assertThat(ask("direct:hub-acme-send")).isEqualTo("own");
    write("acme.camel.yaml", says("hub-acme-send", "direct:hub-acme-send", "own again"));
    routes.scan();
    assertThat(ask("direct:hub-acme-send")).isEqualTo("own again");
    Files.delete(folder.resolve("acme.camel.yaml"));
    routes.scan();
    assertThat(send()).isEqualTo(404);
  }

  @Test
  void aBuiltInRouteIsReplacedAndComesBack() throws Exception {
    write("e.camel.yaml", says("hub-event-append", "direct:hub-event-append", "mine"));
    routes.start();
    assertThat(ask("direct:hub-event-append")).isEqualTo("mine");
    Files.delete(folder.resolve("e.camel.yaml"));
    routes.scan();
    rig.appended.clear();
    rig.journal.handedOff("c1", "acme", "h-1");
    event("{\"type\":\"accepted\",\"conversationId\":\"h-1\"}");
    assertThat(rig.appended).hasSize(1);
  }

  @Test
  void whatOnlyTheRunningContextRefusesChangesNothing() throws Exception {
    String clash = says("own", "direct:own", "new") + says("other", "direct:hub-acme-end", "mine");
    assertRefused(clash, "BTN-4302", "hub-acme-end");
    assertThat(rig.context.getRoute("other")).isNull();
    assertThat(rig.context.getRoute("hub-acme-end")).isNotNull();
  }

  @Test
  void twoFilesMayNotHoldOneRoute() throws Exception {
    write("a.camel.yaml", says("own", "direct:own", "a"));
    write("b.camel.yaml", says("own", "direct:own", "b"));
    routes.start();
    assertThat(ask("direct:own")).isEqualTo("a");
    assertThat(routes.problems().get(folder.resolve("b.camel.yaml")))
        .startsWith("BTN-4306")
        .contains("a.camel.yaml");
    Files.delete(folder.resolve("a.camel.yaml"));
    routes.scan();
    assertThat(ask("direct:own")).isEqualTo("b");
    assertThat(routes.problems()).isEmpty();
  }

  @Test
  void aFolderThatIsMadeLaterIsFound() throws Exception {
    Files.delete(folder);
    routes.start();
    Files.createDirectories(folder);
    write("own.camel.yaml", says("own", "direct:own", "one"));
    soon().until(() -> "one".equals(ask("direct:own")));
  }

  @Test
  void aHalfWrittenFileDoesNoHarm() throws Exception {
    write("own.camel.yaml", says("own", "direct:own", "one"));
    routes.start();
    String next = says("own", "direct:own", "two");
    for (int length : new int[] {0, 10, 60, next.length() - 4}) {
      Files.writeString(folder.resolve("own.camel.yaml"), next.substring(0, length));
      routes.scan();
      assertThat(ask("direct:own")).isIn("one", "t", "\"t");
    }
    Files.writeString(folder.resolve("own.camel.yaml"), next);
    soon().until(() -> "two".equals(ask("direct:own")));
    assertThat(routes.problems()).isEmpty();
  }

  @Test
  void whatIsInFlightIsFinishedByTheOldRoute() throws Exception {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch leave = new CountDownLatch(1);
    rig.context.getRegistry().bind("gate", new Gate(entered, leave));
    write(
        "own.camel.yaml",
        says("own", "direct:own", "old")
            + "        - bean:\n            ref: gate\n            method: pass\n");
    routes.start();
    Future<Object> inFlight =
        rig.context.createProducerTemplate().asyncRequestBody("direct:own", "");
    assertThat(entered.await(30, TimeUnit.SECONDS)).isTrue();
    write("own.camel.yaml", says("own", "direct:own", "new"));
    CompletableFuture<Void> reload = CompletableFuture.runAsync(routes::scan);
    leave.countDown();
    assertThat(inFlight.get(30, TimeUnit.SECONDS)).isEqualTo("old");
    reload.get(30, TimeUnit.SECONDS);
    assertThat(ask("direct:own")).isEqualTo("new");
  }

  @Test
  void builtInTemplatesAndPropertiesCanBeUsed() throws Exception {
    write(
        "own.camel.yaml",
        """
        - templatedRoute:
            routeTemplateRef: hub-http-capabilities
            routeId: own
            parameters:
              - name: hub
                value: second
        """
            + says("greets", "direct:greets", "{{greeting}}"));
    routes.start();
    assertThat(routes.problems()).isEmpty();
    assertThat(ask("direct:greets")).isEqualTo("hello");
    assertThat(ask("direct:hub-second-capabilities")).contains("typing=true");
  }

  @Test
  void ownKameletsCanBeUsed() throws Exception {
    Files.createDirectory(conf.resolve("kamelets"));
    Files.writeString(
        conf.resolve("kamelets").resolve("shout-action.kamelet.yaml"),
        """
        apiVersion: camel.apache.org/v1
        kind: Kamelet
        metadata:
          name: shout-action
          labels:
            camel.apache.org/kamelet.type: action
        spec:
          definition:
            title: Shout
            required: [word]
            properties:
              word:
                type: string
          template:
            from:
              uri: kamelet:source
              steps:
                - setBody:
                    expression:
                      constant:
                        expression: "{{word}}!"
        """);
    write("own.camel.yaml", calls("own", "kamelet:shout-action?word=hey"));
    routes.start();
    assertThat(routes.problems()).isEmpty();
    assertThat(ask("direct:own")).isEqualTo("hey!");
    write("own.camel.yaml", calls("own", "kamelet:missing-action"));
    routes.scan();
    assertThat(problem()).contains("BTN-4302").contains("missing-action");
    assertThat(ask("direct:own")).isEqualTo("hey!");
  }

  /** Counted down by the test. */
  public record Gate(CountDownLatch entered, CountDownLatch leave) {
    public void pass() throws InterruptedException {
      entered.countDown();
      assertThat(leave.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private void assertRefused(String yaml, String code, String... expected) throws Exception {
    write("own.camel.yaml", says("own", "direct:own", "good"));
    routes.start();
    write("own.camel.yaml", yaml);
    routes.scan();
    assertThat(problem()).startsWith(code).contains(folder.resolve("own.camel.yaml").toString());
    assertThat(problem()).contains(expected);
    assertThat(ask("direct:own")).isEqualTo("good");
    write("own.camel.yaml", says("own", "direct:own", "better"));
    routes.scan();
    assertThat(routes.problems()).isEmpty();
    assertThat(ask("direct:own")).isEqualTo("better");
  }

  private String problem() {
    return routes.problems().get(folder.resolve("own.camel.yaml"));
  }

  private void write(String name, String yaml) throws IOException {
    Path written = Files.writeString(conf.resolve(name + ".tmp"), yaml);
    Files.move(written, folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String says(String id, String from, String text) {
    return """
        - route:
            id: %s
            from:
              uri: %s
              steps:
                - setBody:
                    expression:
                      constant:
                        expression: "%s"
        """
        .formatted(id, from, text);
  }

  private static String calls(String id, String uri) {
    return """
        - route:
            id: %s
            from:
              uri: direct:own
              steps:
                - log: {message: "before"}
                - to:
                    uri: %s
        """
        .formatted(id, uri);
  }

  private static String ask(String uri) {
    return rig.context
        .createProducerTemplate()
        .requestBody(uri + "?block=false", Map.of(), String.class);
  }

  private static int send() {
    Exchange sent =
        rig.call("acme", "send", Map.of("id", "1"), Map.of("hubConversationId", "nobody"));
    assertThat(sent.getException()).hasMessageContaining("BTN-2102");
    return 404;
  }

  private static void event(String json) {
    rig.context
        .createFluentProducerTemplate()
        .to("direct:hub-event")
        .withProcessor(
            exchange -> {
              exchange.setVariable("hub", "acme");
              exchange.getMessage().setBody(json);
            })
        .send();
  }

  private static ConditionFactory soon() {
    return await().atMost(Duration.ofSeconds(30)).ignoreExceptions();
  }
}
