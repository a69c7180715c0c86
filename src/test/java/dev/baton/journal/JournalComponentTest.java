package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.baton.conversation.Event;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalComponentTest {
  private static final String ROUTES =
      """
      - route:
          id: said
          from:
            uri: direct:said
            steps:
              - to:
                  uri: journal:append
                  parameters:
                    event: customer.said
      - route:
          id: opened
          from:
            uri: direct:opened
            steps:
              - to:
                  uri: journal:append
                  parameters:
                    event: handoff.opened
      - route:
          id: bot
          from:
            uri: journal:bot
            steps:
              - process:
                  ref: receiver
      - route:
          id: hub
          from:
            uri: journal:hub
            parameters:
              workers: 2
            steps:
              - process:
                  ref: receiver
      """;

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final Queue<Map<String, Object>> received = new ConcurrentLinkedQueue<>();
  private SqlJournal journal;
  private ProducerTemplate template;

  @BeforeEach
  void start() throws Exception {
    journal =
        new SqlJournal(
            JournalOptions.folder(folder)
                .lane(
                    dev.baton.conversation.Lane.BOT,
                    new LaneOptions(
                        Duration.ofMillis(5), 2, Duration.ofMillis(20), Duration.ofSeconds(5))),
            new TestDecider(),
            Clock.systemUTC());
    context.getRegistry().bind("journal", journal);
    context.getRegistry().bind("receiver", (Processor) this::receive);
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(ResourceHelper.fromString("test.camel.yaml", ROUTES));
    context.start();
    template = context.createProducerTemplate();
    journal
        .append(
            "c1",
            null,
            new Event.CustomerStarted(
                "demo", "directline", new dev.baton.conversation.Customer("u", null), "de", null))
        .join();
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  private void receive(Exchange exchange) {
    Map<String, Object> seen = new HashMap<>(exchange.getVariables());
    seen.put("body", exchange.getMessage().getBody());
    received.add(seen);
    if (exchange.getMessage().getBody(Map.class).get("text") instanceof String text
        && text.equals("once more")
        && exchange.getVariable("attempt", Integer.class) == 1) {
      throw new IllegalStateException("busy");
    }
    exchange.setVariable("remoteId", "r-1");
  }

  private Exchange send(String route, String sourceId, Object body) {
    return template.send(
        route,
        exchange -> {
          exchange.setVariable("conversation", "c1");
          exchange.setVariable("sourceId", sourceId);
          exchange.getMessage().setBody(body);
        });
  }

  @Test
  void aRouteAppendsAndIsToldTheResult() {
    Map<String, Object> activity = Map.of("type", "message", "text", "hello");

    Exchange first = send("direct:said", "m1", activity);
    Exchange again = send("direct:said", "m1", activity);

    assertThat(first.getException()).isNull();
    assertThat(first.getVariable("result")).isEqualTo("c1|0000000");
    assertThat(first.getVariable("duplicate")).isEqualTo(false);
    assertThat(first.getVariable("owner")).isEqualTo("BOT");
    assertThat(first.getMessage().getBody()).isSameAs(activity);
    assertThat(again.getVariable("duplicate")).isEqualTo(true);
    assertThat(again.getVariable("result")).isEqualTo("c1|0000000");
  }

  @Test
  void aRouteDeliversALaneWithItsVariables() {
    send("direct:said", "m1", "{\"text\":\"once more\"}");

    await().until(() -> received.size() == 2);
    await().until(() -> journal.entries("c1").get(1).status() == StoredEntry.Status.DONE);
    assertThat(received)
        .last()
        .satisfies(
            seen -> {
              assertThat(seen)
                  .containsEntry("body", Map.of("text", "once more"))
                  .containsEntry("conversation", "c1")
                  .containsEntry("deliveryId", "c1:2")
                  .containsEntry("operation", "post")
                  .containsEntry("seq", 2L)
                  .containsEntry("attempt", 2)
                  .containsEntry("bot", "demo")
                  .containsEntry("locale", "de")
                  .doesNotContainKey("handoffId");
            });
    assertThat(journal.entries("c1").get(1).remoteId()).isEqualTo("r-1");
  }

  @Test
  void entriesOfAHandoffCarryItsVariables() {
    journal.append("c1", "h", new Event.HandoffRequested(TestDecider.text("help"))).join();
    send(
        "direct:opened",
        null,
        Map.of("handoffId", "c1:1", "hub", "acme", "hubConversationId", "h-77"));
    send("direct:said", "m1", Map.of("text", "to the agent"));

    await().until(() -> received.size() == 2);
    List<Map<String, Object>> seen = List.copyOf(received);
    assertThat(seen.get(0)).containsEntry("operation", "open").containsEntry("handoffId", "c1:1");
    assertThat(seen.get(1))
        .containsEntry("operation", "send")
        .containsEntry("hub", "acme")
        .containsEntry("hubConversationId", "h-77");
  }

  @Test
  void aBodyThatIsNestedTooDeepIsRefusedAndWhatIsTakenIsDelivered() {
    int taken = 0;
    for (int depth = 990; depth < 1005; depth++) {
      Exception failure = send("direct:said", "m" + depth, nested(depth)).getException();
      if (failure == null) {
        taken++;
      } else {
        assertThat(failure).isInstanceOf(IllegalArgumentException.class);
      }
    }
    assertThat(taken).isBetween(1, 14);
    int expected = taken;
    await().until(() -> received.size() == expected);
  }

  private static Map<String, Object> nested(int depth) {
    Map<String, Object> body = Map.of("text", "deep");
    for (int i = 1; i < depth; i++) {
      body = Map.of("value", body);
    }
    return body;
  }

  @Test
  void bodiesThatAreNoEventsAreRefused() {
    assertThat(send("direct:said", "m1", "[]").getException())
        .hasMessageContaining("not a JSON object");
    assertThat(send("direct:said", "m1", "{").getException()).hasMessageContaining("not JSON");
    assertThat(send("direct:said", "m1", null).getException())
        .hasMessageContaining("needs an activity");
    assertThat(template.send("direct:said", exchange -> {}).getException())
        .hasMessageContaining("variable conversation");
    assertThat(
            template
                .send(
                    "direct:said",
                    e -> {
                      e.setVariable("conversation", "nobody");
                      e.getMessage().setBody("{}");
                    })
                .getException())
        .isInstanceOf(UnknownConversationException.class);
  }

  @Test
  void wrongEndpointsAreRefusedAtStartUp() {
    assertThatThrownBy(() -> context.getEndpoint("journal:append?event=customer.sad"))
        .rootCause()
        .hasMessageContaining("customer.said");
    assertThatThrownBy(() -> context.getEndpoint("journal:append"))
        .rootCause()
        .hasMessageContaining("parameter event");
    assertThatThrownBy(() -> context.getEndpoint("journal:agent"))
        .rootCause()
        .hasMessageContaining("append, bot, hub or customer");
    assertThatThrownBy(() -> context.getEndpoint("journal:bot?wrkers=3"))
        .hasMessageContaining("wrkers");
  }

  @Test
  void aRouteThatIsStoppedAndStartedGoesOnWithWhatWaited() throws Exception {
    context.getRouteController().stopRoute("bot");
    send("direct:said", "m1", Map.of("text", "meanwhile"));
    assertThat(received).isEmpty();

    context.getRouteController().startRoute("bot");

    await().until(() -> received.size() == 1);
  }
}
