package dev.baton.hub.desk;

import static dev.baton.hub.desk.DeskApiTest.assertProblem;
import static dev.baton.hub.desk.DeskFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Policy;
import dev.baton.conversation.Rules;
import dev.baton.hub.HubBeans;
import dev.baton.hub.HubTexts;
import dev.baton.hub.ParkedHubEvent;
import dev.baton.hub.ParkedHubEventStore;
import dev.baton.journal.JournalComponent;
import dev.baton.journal.JournalOptions;
import dev.baton.journal.SqlJournal;
import dev.baton.texts.BundledTexts;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The desk with the real journal, the real rules and the route that all hubs' events take. */
class DeskJournalTest {
  private static final String ONE = "/desk/api/conversations/c1";
  private static final String GRACE = "{\"agent\":{\"id\":\"a-1\",\"name\":\"Grace\"}}";
  private static final String LINUS = "{\"agent\":{\"id\":\"a-2\",\"name\":\"Linus\"}}";

  @TempDir Path folder;
  private final DefaultCamelContext context = new DefaultCamelContext();
  private final List<Object> typing = new CopyOnWriteArrayList<>();
  private SqlJournal journal;
  private DeskFixture desk;

  @BeforeEach
  void start() throws Exception {
    Rules rules = new Rules(Policy.defaults(), new BundledTexts(Map.of(), "en"));
    journal = new SqlJournal(JournalOptions.folder(folder), rules, Clock.systemUTC());
    JournalComponent component = new JournalComponent();
    component.setJournal(journal);
    context.addComponent("journal", component);
    journal.start();
    HubBeans.bind(
        context, journal, new HubTexts(UnaryOperator.identity(), url -> true), new NothingParked());
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(
                context, "classpath:routes/hub-events.camel.yaml"));
    context.removeRouteDefinition(context.getRouteDefinition("hub-openapi"));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:signal-customer").process(e -> typing.add(e.getMessage().getBody()));
          }
        });
    context.start();
    desk =
        new DeskFixture(
            journal,
            new RouteHubEvents(context.createProducerTemplate()),
            DeskAccess.open(),
            DeskFixture.hub("desk"));
  }

  @AfterEach
  void stop() {
    if (desk != null) {
      desk.close();
    }
    context.stop();
    journal.close();
  }

  @Test
  void aConversationGoesFromBotToAgentAndBack() {
    handOff();
    JsonNode waiting = json(desk.get("/desk/api/conversations?state=waiting"));
    assertThat(waiting).hasSize(1);
    assertThat(waiting.get(0).path("lastText").asText()).isEqualTo("Which order?");
    assertThat(waiting.get(0).path("id").asText()).isEqualTo("c1");

    assertThat(desk.post(ONE + "/accept", GRACE).statusCode()).isEqualTo(200);
    assertProblem(desk.post(ONE + "/accept", LINUS), 409, "BTN-3012");
    append("c-2", new Event.CustomerSaid(message("hello agent")));
    HttpResponse<String> said = desk.post(ONE + "/messages", "{\"text\":\"Hi\",\"id\":\"m1\"}");
    assertThat(said.statusCode()).isEqualTo(201);
    assertThat(desk.post(ONE + "/messages", "{\"text\":\"Hi\",\"id\":\"m1\"}").statusCode())
        .isEqualTo(200);
    assertThat(desk.post(ONE + "/typing", null).statusCode()).isEqualTo(204);
    assertThat(typing).hasSize(1);
    assertThat(json(desk.post(ONE + "/end", null)).path("state").asText()).isEqualTo("ended");
    append("c-3", new Event.CustomerSaid(message("bot, are you there?")));

    JsonNode detail = json(desk.get(ONE));
    assertThat(detail.path("context").path("va_LastTopic").asText()).isEqualTo("Refund");
    assertThat(detail.path("handoff").path("phase").asText()).isEqualTo("COMPLETED");
    assertThat(detail.path("agent").path("name").asText()).isEqualTo("Grace");
    List<String> lines =
        Stream.iterate(0, i -> i < detail.path("transcript").size(), i -> i + 1)
            .map(i -> detail.path("transcript").get(i))
            .filter(line -> !line.path("role").asText().equals("system"))
            .map(line -> line.path("role").asText() + ": " + line.path("text").asText())
            .toList();
    assertThat(lines)
        .containsExactly(
            "user: refund please", "bot: Which order?", "user: hello agent", "agent: Hi");
    assertThat(detail.path("transcript").findValuesAsText("role"))
        .as("Baton's own texts: queued, joined, over")
        .filteredOn("system"::equals)
        .hasSize(3);
    assertThat(json(desk.get("/desk/api/conversations?state=ended")).get(0).path("id").asText())
        .isEqualTo("c1");
  }

  @Test
  void aConversationThatWasPutBackGoesToTheNextAgent() {
    handOff();
    desk.post(ONE + "/accept", GRACE);

    assertThat(json(desk.post(ONE + "/leave", null)).path("state").asText()).isEqualTo("waiting");
    assertThat(json(desk.post(ONE + "/accept", LINUS)).path("agent").path("name").asText())
        .isEqualTo("Linus");
  }

  @Test
  void aDeclinedConversationIsBackWithTheBot() {
    handOff();

    JsonNode declined = json(desk.post(ONE + "/end", null));

    assertThat(declined.path("state").asText()).isEqualTo("ended");
    assertThat(declined.path("handoff").path("phase").asText()).isEqualTo("REJECTED");
  }

  @Test
  void ofManyAgentsExactlyOneGetsTheConversation() {
    handOff();
    List<CompletableFuture<Integer>> attempts =
        Stream.iterate(0, i -> i < 8, i -> i + 1)
            .map(
                i ->
                    CompletableFuture.supplyAsync(
                        () ->
                            desk.post(ONE + "/accept", "{\"agent\":{\"id\":\"a-%d\"}}".formatted(i))
                                .statusCode()))
            .toList();

    assertThat(attempts.stream().map(CompletableFuture::join).filter(code -> code == 200))
        .hasSize(1);
  }

  private void handOff() {
    append(
        "c-0",
        new Event.CustomerStarted("demo", "directline", new Customer("web-1", "Ada"), "en", null));
    append("c-1", new Event.CustomerSaid(message("refund please")));
    append("b-1", new Event.BotSaid(message("Which order?")));
    ObjectNode request = JsonNodeFactory.instance.objectNode();
    request.put("type", "event").put("name", "handoff.initiate").put("id", "b-2");
    request.putObject("value").put("va_LastTopic", "Refund");
    append("b-2", new Event.HandoffRequested(request));
    append("o-1", new Event.HandoffOpened("c1:1", "desk", "c1:1"));
  }

  private void append(String sourceId, Event event) {
    journal.append("c1", sourceId, event).join();
  }

  private static ObjectNode message(String text) {
    return JsonNodeFactory.instance.objectNode().put("type", "message").put("text", text);
  }

  private static final class NothingParked implements ParkedHubEventStore {
    @Override
    public void add(ParkedHubEvent event) {
      throw new AssertionError("The desk's events are never early");
    }

    @Override
    public void remove(ParkedHubEvent event) {}

    @Override
    public List<ParkedHubEvent> load() {
      return List.of();
    }
  }
}
