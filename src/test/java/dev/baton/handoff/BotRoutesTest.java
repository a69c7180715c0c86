package dev.baton.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.directline.Signals;
import dev.baton.channel.turn.BotPosts;
import dev.baton.directline.DirectLineComponent;
import dev.baton.directline.DirectLineConversationLostException;
import dev.baton.directline.DirectLineException;
import dev.baton.directline.DirectLineRetryException;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.FixedJournal;
import dev.baton.journal.JournalComponent;
import dev.baton.pacing.DeliveryPace;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped routes to and from a bot, with its Direct Line and the journal made of routes. */
class BotRoutesTest {
  private final CamelContext camel = new DefaultCamelContext();
  private final List<String> calls = new ArrayList<>();
  private final Map<String, RuntimeException> failures = new HashMap<>();

  @BeforeEach
  void start() throws Exception {
    camel.addComponent("journal", new Journal());
    camel.addComponent("directline", new DirectLine());
    camel.getRegistry().bind("deliveryErrors", new DeliveryErrors());
    camel
        .getRegistry()
        .bind("deliveryPace", new DeliveryPace(Map.of(), Map.of(), Clock.systemUTC()));
    camel.getRegistry().bind("botResume", new Resume());
    camel.getRegistry().bind("botPosts", new BotPosts());
    camel.getRegistry().bind("signals", new Signals(new FixedJournal(null), new CustomerStreams()));
    Properties properties = new Properties();
    properties.setProperty("baton.lanes.concurrency", "4");
    camel.getPropertiesComponent().setInitialProperties(properties);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:routes/bot.camel.yaml"));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler()); // as of components, not of routes
            for (String call : List.of("demo-start", "demo-post", "demo-end", "append")) {
              from("direct:" + call).process(exchange -> answer(call));
            }
          }
        });
    camel.addRouteFromTemplate(
        "bot-demo", "bot-receive", Map.of("bot", "demo", "events", "handoff"));
    camel.start();
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  @Test
  void aLostConversationIsStartedAnewAndGetsTheMessage() {
    failures.put("demo-post", new DirectLineConversationLostException("lost", 404, null, null));
    Exchange answer = post();
    assertThat(calls).containsExactly("demo-post", "demo-start", "demo-post");
    assertThat(answer.getException()).isNull();
  }

  @Test
  void aNewConversationThatIsThrottledTellsTheLaneHowLongToWait() {
    failures.put("demo-post", new DirectLineConversationLostException("lost", 404, null, null));
    failures.put(
        "demo-start",
        new DirectLineRetryException("slow down", 429, null, Duration.ofSeconds(7), null));
    assertThat(post().getException())
        .isInstanceOfSatisfying(
            DeliveryException.class,
            e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(7)));
  }

  @Test
  void aNewConversationThatIsRefusedIsGivenUp() {
    failures.put("demo-post", new DirectLineConversationLostException("lost", 404, null, null));
    failures.put("demo-start", new DirectLineException("bad request", 400, null, null));
    assertThat(post().getException())
        .isInstanceOfSatisfying(DeliveryException.class, e -> assertThat(e.isPermanent()).isTrue());
  }

  @Test
  void aRefusedSecretIsNamedAndTriedAgain() {
    failures.put("demo-post", new DirectLineException("HTTP 403", 403, "BadArgument", null));
    assertThat(post().getException())
        .isInstanceOf(DirectLineRetryException.class)
        .hasMessageContaining("baton.bots.demo.secret");
  }

  @Test
  void anActivityThatCanNeverBeTakenIsDropped() {
    failures.put("append", new IllegalArgumentException("nested too deep"));
    assertThat(receive().getException()).isNull();
    assertThat(calls).containsExactly("append");
  }

  @Test
  void anActivityThatTheStoreCannotTakeNowIsLeftToTheNextAttempt() {
    failures.put("append", new IllegalStateException("the store is away"));
    assertThat(receive().getException()).hasMessageContaining("the store is away");
  }

  private Exchange post() {
    Exchange exchange = exchange(Map.of("type", "message", "text", "hello"));
    exchange.setVariable("conversation", "c1");
    exchange.setVariable("bot", "demo");
    exchange.setVariable("operation", "post");
    exchange.setVariable("deliveryId", "c1:1");
    exchange.setVariable("attempt", 1);
    return camel.createProducerTemplate().send("direct:bot", exchange);
  }

  private Exchange receive() {
    Exchange exchange = exchange(Map.of("type", "message", "text", "hello"));
    exchange.getMessage().setHeader("CamelDirectLineKey", "c1");
    return camel.createProducerTemplate().send("direct:demo", exchange);
  }

  private Exchange exchange(Object body) {
    return ExchangeBuilder.anExchange(camel).withBody(body).build();
  }

  /** Fails once, if it is to fail. */
  private void answer(String call) {
    calls.add(call);
    RuntimeException failure = failures.remove(call);
    if (failure != null) {
      throw failure;
    }
  }

  /** What a bot that resumes is told. */
  public static final class Resume {
    public Map<String, Object> start(String conversation) {
      return Map.of("resumes", conversation);
    }
  }

  /** Stands in for the journal: its endpoints are routes of the test. */
  private static final class Journal extends JournalComponent {
    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      parameters.clear();
      return getCamelContext().getEndpoint("direct:" + remaining);
    }
  }

  /** The same for the bot's Direct Line. */
  private static final class DirectLine extends DirectLineComponent {
    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      Object operation = parameters.remove("operation");
      return getCamelContext()
          .getEndpoint("direct:" + remaining + (operation == null ? "" : "-" + operation));
    }
  }
}
