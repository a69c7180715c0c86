package dev.baton.hub.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.baton.configuration.HubSettings;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeskRoutesTest {
  private static final List<String> OPERATIONS =
      List.of("availability", "open", "send", "typing", "end", "capabilities");

  private final Vertx vertx = Vertx.vertx();
  private final CamelContext context = new DefaultCamelContext();
  private final List<Map<?, ?>> raised = new CopyOnWriteArrayList<>();
  private DeskFeed feed;
  private ProducerTemplate template;

  @BeforeEach
  void start() throws Exception {
    MemoryJournal journal = new MemoryJournal();
    feed = new DeskFeed(vertx, Set.of("front"), new LastLines(journal));
    HubSettings settings = new HubSettings("front", "desk", Map.of("availability", "agents"));
    context.getRegistry().bind("deskHub", new DeskHub(List.of(settings), feed));
    PluginHelper.getRoutesLoader(context)
        .loadRoutes(
            ResourceHelper.resolveMandatoryResource(
                context, "classpath:routes/hub-desk.camel.yaml"));
    context.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-event")
                .process(
                    exchange -> {
                      Map<?, ?> body = exchange.getMessage().getBody(Map.class);
                      if ("bad".equals(body.get("type"))) {
                        throw new IllegalStateException("no disk");
                      }
                      raised.add(body);
                      exchange.setVariable("duplicate", raised.size() > 1);
                      exchange.setVariable("result", "c1|7");
                    });
          }
        });
    for (String operation : OPERATIONS) {
      context.addRouteFromTemplate(
          "front-" + operation, "hub-desk-" + operation, Map.of("hub", "front"));
    }
    context.start();
    template = context.createProducerTemplate();
  }

  @AfterEach
  void stop() throws Exception {
    context.close();
    feed.close();
    DeskFixture.await(vertx.close());
  }

  @Test
  void everyOperationAnswersAsTheContractSays() {
    assertThat(call("availability", Map.of()))
        .isEqualTo(Map.of("state", "UNAVAILABLE", "reason", "NO_AGENT"));
    assertThat(call("open", Map.of("handoffId", "c1:1", "context", Map.of("note", "a, b) ${x}"))))
        .isEqualTo(Map.of("conversationId", "c1:1", "created", true));
    assertThat(call("capabilities", null)).isEqualTo(Map.of("typing", true, "attachments", true));
    call("send", Map.of("id", "m-1", "seq", 1, "text", "it's ${body}"));
    call("typing", Map.of("on", false));
    call("typing", Map.of());
    call("end", Map.of("reason", "CUSTOMER"));
  }

  @Test
  void eventsOfTheDeskReachTheRouteOfAllHubs() throws Exception {
    DeskEvents events = new RouteHubEvents(template);

    assertThat(
            events
                .raise("front", JsonNodeFactory.instance.objectNode().put("type", "accepted"))
                .get(10, TimeUnit.SECONDS))
        .isEqualTo(new DeskEvents.Outcome(true, false, "c1|7"));
    assertThat(
            events
                .raise("front", JsonNodeFactory.instance.objectNode().put("type", "accepted"))
                .get(10, TimeUnit.SECONDS))
        .isEqualTo(new DeskEvents.Outcome(true, true, "c1|7"));
    assertThat(raised.get(0).get("type")).isEqualTo("accepted");
    assertThatThrownBy(
            () ->
                events
                    .raise("front", JsonNodeFactory.instance.objectNode().put("type", "bad"))
                    .get(10, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasRootCauseMessage("no disk");
  }

  private Object call(String operation, Object body) {
    return template
        .request(
            "direct:hub-front-" + operation,
            exchange -> {
              exchange.setVariable("hub", "front");
              exchange.setVariable("conversation", "c1");
              exchange.setVariable("handoffId", "c1:1");
              exchange.getMessage().setBody(body);
            })
        .getMessage()
        .getBody();
  }
}
