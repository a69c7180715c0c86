package dev.baton.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.directline.Signals;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubRule;
import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.hub.CustomerMessage;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.FixedJournal;
import dev.baton.journal.JournalComponent;
import dev.baton.journal.StoredEntry;
import dev.baton.pacing.DeliveryPace;
import dev.baton.pacing.MovingClock;
import dev.baton.privacy.PrivacyRules;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.builder.AdviceWith;
import org.apache.camel.builder.ExchangeBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The shipped handoff routes, with hubs made of routes and without a journal that writes. */
class HandoffRoutesTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String REQUEST =
      """
      {"handoffId":"c1:1","activity":{"type":"event","name":"handoff.initiate","id":"d9",
        "value":{"va_Topics":["Greeting","Return items"],"va_AgentMessage":"second complaint about ORD-17","IsGold":true,
          "empty":null,"cardNumber":"4111","pin":1234,"CustomerEmail":"ada@example.org"},
        "attachments":[{"name":"Transcript","contentType":"application/json","content":{"activities":[
          {"type":"message","id":"d6","from":{"role":"user"},"text":"hello, ORD-17"},
          {"type":"message","id":"d7","from":{"role":"bot"},"text":"One moment"}]}}]}}
      """;

  private final List<Map<String, Object>> opened = new ArrayList<>();
  private final CamelContext camel = new DefaultCamelContext();
  private FixedJournal journal;
  private final MovingClock clock = new MovingClock();

  @BeforeEach
  void prepare() throws Exception {
    BotSettings bot = bot("never");
    Conversation conversation =
        new Conversation(
            "c1",
            "demo",
            "directline",
            new Customer("u1", "Ada"),
            "de-DE",
            Owner.PENDING,
            null,
            1,
            2,
            Map.of(),
            Instant.EPOCH,
            Instant.EPOCH,
            null);
    journal =
        new FixedJournal(conversation)
            .with(
                entry(
                    0,
                    "{\"type\":\"message\",\"id\":\"c1|0\",\"text\":\"hello,"
                        + " ORD-17\",\"channelData\":{\"baton\":{\"speaker\":\"customer\"}}}"))
            .with(
                entry(
                    1,
                    "{\"type\":\"message\",\"id\":\"c1|1\",\"text\":\"One"
                        + " moment\",\"channelData\":{\"baton\":{\"speaker\":\"bot\",\"source\":\"d7\"}}}"));
    var registry = camel.getRegistry();
    registry.bind("handoffHubs", new HandoffHubs(Map.of("demo", bot)));
    registry.bind("handoffRequest", new HandoffRequest(journal, "https://baton.example"));
    registry.bind("handoffContext", new HandoffContext());
    registry.bind("deliveryPace", new DeliveryPace(Map.of("first", 6), Map.of(), clock));
    registry.bind("handoffOffer", new HandoffOffer(Map.of("demo", bot)));
    registry.bind("hubGate", new HubGate(journal, Map.of(), Clock.systemUTC()));
    registry.bind(
        "handoffPrivacy",
        new HandoffPrivacy(
            camel,
            new PrivacyRules(
                Map.of(
                    "baton.handoff.deny-keys",
                    "cardNumber, CustomerEmail",
                    "baton.privacy.pattern.order",
                    "ORD-\\d+")),
            Map.of("second", Map.of("mask", "order,email", "mask-fields", "pin"))));
    registry.bind(
        "handoffTranscript", new HandoffTranscript(journal, new TranscriptDownload(url -> false)));
    registry.bind("transcriptAggregation", new TranscriptAggregation());
    registry.bind("deliveryErrors", new DeliveryErrors());
    registry.bind("customerMessage", new CustomerMessage());
    registry.bind("signals", new Signals(journal, new CustomerStreams()));
    camel.addComponent("journal", new DirectJournal());
    Properties properties = new Properties();
    properties.setProperty("baton.handoff.mapping", "classpath:mappings/handoff-open.jslt");
    properties.setProperty("baton.lanes.concurrency", "4");
    properties.setProperty("baton.handoff.deny-keys", "cardNumber");
    properties.setProperty("baton.handoff.context-priority", "");
    camel.getPropertiesComponent().setInitialProperties(properties);
    PluginHelper.getRoutesLoader(camel)
        .loadRoutes(ResourceHelper.resolveResource(camel, "classpath:routes/handoff.camel.yaml"));
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("journal:append").to("mock:appended");
          }
        });
  }

  @AfterEach
  void stop() {
    camel.stop();
  }

  private static BotSettings bot(String offer) {
    return new BotSettings(
        "demo",
        URI.create("http://localhost"),
        null,
        null,
        "auto",
        List.of(),
        List.of("first", "second"),
        Map.of(
            "second",
            new HubRule(
                null,
                null,
                Map.of("", "Second line", "de", "Zweite Stufe"),
                Map.of("queue", ".va_Topics[1]", "IsGold", "null"))),
        offer,
        true,
        0,
        List.of(),
        List.of(),
        "/v3/directline",
        null);
  }

  @Test
  void aHubGetsContextTranscriptAndWhereToCallBack() throws Exception {
    hub("first", "AVAILABLE", "h-1");
    Exchange result = open();

    assertThat(result.getException()).isNull();
    assertThat(opened).hasSize(1);
    Map<String, Object> body = opened.get(0);
    assertThat(body)
        .containsEntry("handoffId", "c1:1")
        .containsEntry("callbackUrl", "https://baton.example/hubs/first/events")
        .containsEntry("summary", "second complaint about ORD-17")
        .containsEntry("customer", Map.of("id", "u1", "name", "Ada", "locale", "de-DE"))
        .containsEntry("origin", Map.of("channel", "directline", "conversationId", "c1"));
    assertThat((Map<String, Object>) cast(body.get("context")))
        .containsEntry("va_Topics", Map.of("value", "Greeting, Return items", "display", true))
        .containsEntry("IsGold", Map.of("value", true, "display", true))
        .doesNotContainKeys("empty", "cardNumber");
    assertThat((List<Map<String, Object>>) cast(body.get("transcript")))
        .extracting(line -> line.get("role") + ": " + line.get("text"))
        .containsExactly("user: hello, ORD-17", "bot: One moment");
    assertThat(appended())
        .containsEntry("handoffId", "c1:1")
        .containsEntry("hub", "first")
        .containsEntry("hubConversationId", "h-1");
  }

  @Test
  void whatIsDeniedReachesNoHubByWhateverWay() throws Exception {
    hub("first", "AVAILABLE", "h-1");
    open();
    assertThat(opened.get(0).toString()).doesNotContain("4111").doesNotContain("ada@example.org");
    assertThat((Map<String, Object>) cast(opened.get(0).get("customer")))
        .doesNotContainKey("email");
    assertThat((Map<String, Object>) cast(appended().get("report")))
        .containsEntry("denied", List.of("cardNumber", "CustomerEmail"));
  }

  @Test
  void transcriptAndVariablesAreMaskedForTheHubThatAsksForIt() throws Exception {
    hub("first", "UNAVAILABLE", "h-1");
    hub("second", "AVAILABLE", "h-2");
    open();
    Map<String, Object> body = opened.get(0);
    assertThat((Map<String, Object>) cast(body.get("context")))
        .containsEntry("pin", Map.of("value", "[masked]", "display", true));
    assertThat(body).containsEntry("summary", "second complaint about [order]");
    assertThat(body.get("transcript").toString()).contains("hello, [order]").doesNotContain("17");
    assertThat((Map<String, Object>) cast(appended().get("report")))
        .containsEntry("masked", Map.of("order", 2))
        .containsEntry("maskedFields", List.of("pin"));
  }

  @Test
  void theNextHubIsTriedWhenOneIsUnavailable() throws Exception {
    hub("first", "UNAVAILABLE", "h-1");
    hub("second", "UNKNOWN", "h-2");
    open();
    assertThat(appended()).containsEntry("hub", "second").containsEntry("hubConversationId", "h-2");
  }

  @Test
  void theNextHubIsTriedWhenOneFails() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-open").throwException(new java.net.ConnectException("refused"));
          }
        });
    hub("second", "AVAILABLE", "h-2");
    open();
    assertThat(appended()).containsEntry("hub", "second");
  }

  @Test
  void whatAHubSetBeforeItFailedIsNoOpening() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-open")
                .setVariable("hubConversationId", constant("h-1"))
                .throwException(new java.net.ConnectException("refused"));
          }
        });
    hub("second", "AVAILABLE", "h-2");
    open();
    assertThat(appended()).containsEntry("hub", "second").containsEntry("hubConversationId", "h-2");
  }

  @Test
  void aHubDoesNotGetTheHeadersOfTheOneThatFailedBefore() throws Exception {
    List<Object> seen = new ArrayList<>();
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-open")
                .setHeader("Authorization", constant("Bearer of-the-first"))
                .throwException(new java.net.ConnectException("refused"));
            from("direct:hub-second-availability")
                .process(exchange -> seen.add(exchange.getMessage().getHeaders()))
                .setBody(exchange -> Map.of("state", "UNAVAILABLE"));
          }
        });
    open();
    assertThat(seen).containsExactly(Map.of());
  }

  @Test
  void theHubsIdOfAMessageIsKeptThatOfTheFirstPart() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-capabilities").setBody(exchange -> Map.of("maxText", 10));
            from("direct:hub-first-send")
                .setBody(exchange -> Map.of("id", "hub-" + bodyOf(exchange).get("id")));
          }
        });
    Exchange sent = send();
    assertThat(sent.getException()).isNull();
    assertThat(sent.getVariable("remoteId")).isEqualTo("hub-m1");
  }

  @Test
  void aHubMayAnswerAMessageWithAnything() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-send").setBody(constant("OK"));
          }
        });
    Exchange sent = send();
    assertThat(sent.getException()).isNull();
    assertThat(sent.getVariable("remoteId")).isNull();
  }

  @Test
  void aPartThatIsNotTakenFailsTheMessage() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-capabilities").setBody(exchange -> Map.of("maxText", 10));
            from("direct:hub-first-send")
                .filter(exchange -> bodyOf(exchange).get("id").equals("m1#2"))
                .throwException(new java.net.ConnectException("refused"));
          }
        });
    assertThat(send().getException()).hasRootCauseInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void whenEveryHubSaysNoTheReasonIsAppended() throws Exception {
    hub("first", "UNAVAILABLE", "h-1");
    hub("second", "UNAVAILABLE", "h-2");
    open();
    assertThat(appended()).containsEntry("handoffId", "c1:1").containsEntry("reason", "CLOSED");
  }

  @Test
  void whenAHubCannotBeReachedTheLaneTriesAgain() throws Exception {
    hub("first", "UNAVAILABLE", "h-1");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-second-open").throwException(new java.net.ConnectException("refused"));
          }
        });
    assertThat(open().getException()).isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void aHubThatWillNeverTakeItRefuses() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-first-open").throwException(DeliveryException.permanent("400", null));
            from("direct:hub-second-open").throwException(DeliveryException.permanent("400", null));
          }
        });
    open();
    assertThat(appended()).containsEntry("reason", "REFUSED");
  }

  @Test
  void aHubGetsTheVariablesThatItsRuleAddsAndNotThoseItTakesOut() throws Exception {
    hub("first", "UNAVAILABLE", "h-1");
    hub("second", "AVAILABLE", "h-2");
    open();
    assertThat((Map<String, Object>) cast(opened.get(0).get("context")))
        .containsEntry("queue", Map.of("value", "Return items", "display", true))
        .doesNotContainKey("IsGold");
    assertThat((Map<String, Object>) cast(opened.get(0).get("routing")))
        .containsEntry("queue", "Return items");
  }

  @Test
  void theCustomerIsOfferedTheHubsThatMayTakeIt() throws Exception {
    camel.getRegistry().bind("handoffOffer", new HandoffOffer(Map.of("demo", bot("choice"))));
    hub("first", "UNKNOWN", "h-1");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-second-availability")
                .setBody(exchange -> Map.of("state", "AVAILABLE", "waitSeconds", "90"));
          }
        });
    open();
    assertThat(opened).isEmpty();
    assertThat(appended())
        .containsEntry("handoffId", "c1:1")
        .containsEntry("describe", true)
        .containsEntry("description", "second complaint about ORD-17")
        .containsEntry(
            "choices",
            List.of(
                Map.of("hub", "first", "name", "first"),
                Map.of("hub", "second", "name", "Zweite Stufe", "waitSeconds", 90)));
  }

  @Test
  void aHubThatBreaksWhenItIsAskedIsOfferedAllTheSame() throws Exception {
    camel.getRegistry().bind("handoffOffer", new HandoffOffer(Map.of("demo", bot("always"))));
    hub("first", "UNAVAILABLE", "h-1");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-second-availability").throwException(new IllegalStateException("500"));
          }
        });
    open();
    assertThat(appended())
        .containsEntry("choices", List.of(Map.of("hub", "second", "name", "Zweite Stufe")));
  }

  @Test
  void whereNoneMayTakeItNothingIsOffered() throws Exception {
    camel.getRegistry().bind("handoffOffer", new HandoffOffer(Map.of("demo", bot("always"))));
    hub("first", "UNAVAILABLE", "h-1");
    hub("second", "UNAVAILABLE", "h-2");
    open();
    assertThat(appended()).containsEntry("reason", "CLOSED");
  }

  @Test
  void theHubThatTheCustomerChoseIsOpenedWithTheirWords() throws Exception {
    journal.with(
        new StoredEntry(
            "c1",
            1,
            Lane.HUB,
            "open",
            (ObjectNode) JSON.readTree(REQUEST),
            StoredEntry.Status.DONE,
            1,
            null,
            null,
            Instant.EPOCH));
    hub("first", "AVAILABLE", "h-1");
    hub("second", "AVAILABLE", "h-2");
    open("{\"handoffId\":\"c1:1\",\"hub\":\"second\",\"description\":\"My parcel is late\"}");
    assertThat(opened).hasSize(1);
    assertThat(opened.get(0)).containsEntry("summary", "My parcel is late");
    assertThat(appended()).containsEntry("hub", "second");
  }

  @Test
  void whoeverHasToWaitForTheHubsPaceWaitsInTheLaneAndForThisHub() throws Exception {
    hub("first", "AVAILABLE", "h-1");
    hub("second", "AVAILABLE", "h-2");
    open();
    Throwable second = open().getException();
    assertThat(second).isInstanceOf(DeliveryException.class);
    assertThat(((DeliveryException) second).isNotYet()).isTrue();
    assertThat(opened).hasSize(1);
    clock.advance(((DeliveryException) second).retryAfter());
    assertThat(open().getException()).isNull();
    assertThat(opened).hasSize(2);
  }

  @Test
  void aHubOutsideItsHoursIsNotAsked() throws Exception {
    Clock saturday = Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC);
    camel.getRegistry().bind("hubGate", gate(saturday, Map.of("hours", "Mon-Fri 09:00-17:00")));
    hub("first", "AVAILABLE", "h-1");
    hub("second", "AVAILABLE", "h-2");
    open();
    assertThat(appended()).containsEntry("hub", "second");
  }

  @Test
  void aHubWithEnoughCustomersWaitingIsNotAsked() throws Exception {
    camel.getRegistry().bind("hubGate", gate(Clock.systemUTC(), Map.of("max-waiting", "1")));
    hub("first", "AVAILABLE", "h-1");
    hub("second", "AVAILABLE", "h-2");
    open();
    assertThat(appended()).containsEntry("hub", "second");
  }

  @Test
  void whenAllAreClosedARouteOfOnesOwnIsTold() throws Exception {
    List<Map<String, Object>> told = new ArrayList<>();
    camel
        .getRegistry()
        .bind(
            "hubGate",
            gate(
                Clock.fixed(Instant.parse("2026-11-21T10:00:00Z"), ZoneOffset.UTC),
                Map.of("hours", "Mon-Fri 09:00-17:00")));
    hub("first", "AVAILABLE", "h-1");
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-second-availability")
                .setBody(exchange -> Map.of("state", "UNAVAILABLE", "reason", "NO_AGENT"));
          }
        });
    AdviceWith.adviceWith(
        camel,
        "handoff-nobody",
        route ->
            route
                .weaveById("handoff-nobody-log")
                .replace()
                .process(exchange -> told.add(cast(exchange.getMessage().getBody()))));
    open();
    assertThat(told).hasSize(1);
    assertThat(told.get(0))
        .containsEntry("reason", "NO_AGENT")
        .containsEntry("customer", Map.of("id", "u1", "name", "Ada"))
        .containsEntry("conversation", "c1")
        .containsKey("context");
  }

  private HubGate gate(Clock clock, Map<String, String> keys) {
    return new HubGate(journal, Map.of("first", new HubSettings("first", "routes", keys)), clock);
  }

  /** Stands in for the journal: what is appended goes to a route of the test. */
  private static final class DirectJournal extends JournalComponent {
    @Override
    protected Endpoint createEndpoint(
        String uri, String remaining, Map<String, Object> parameters) {
      parameters.clear();
      return getCamelContext().getEndpoint("direct:journal-" + remaining);
    }
  }

  private void hub(String name, String state, String conversation) throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            from("direct:hub-" + name + "-availability")
                .setBody(exchange -> Map.of("state", state, "reason", "CLOSED"));
            from("direct:hub-" + name + "-open")
                .process(exchange -> opened.add(cast(exchange.getMessage().getBody())))
                .setBody(exchange -> Map.of("conversationId", conversation, "created", true));
          }
        });
  }

  private Exchange open() throws Exception {
    return open(REQUEST);
  }

  private Exchange open(String entry) throws Exception {
    camel.start();
    Exchange exchange =
        ExchangeBuilder.anExchange(camel).withBody(JSON.readValue(entry, Map.class)).build();
    exchange.setVariable("conversation", "c1");
    exchange.setVariable("bot", "demo");
    exchange.setVariable("locale", "de-DE");
    exchange.setVariable("operation", "open");
    return camel.createProducerTemplate().send("direct:handoff-open", exchange);
  }

  private Exchange send() throws Exception {
    camel.start();
    Map<String, Object> activity =
        Map.of("type", "message", "id", "m1", "text", "Where is my parcel?");
    Exchange exchange =
        ExchangeBuilder.anExchange(camel)
            .withBody(Map.of("handoffId", "c1:1", "activity", activity))
            .build();
    exchange.setVariable("hub", "first");
    exchange.setVariable("seq", 7L);
    return camel.createProducerTemplate().send("direct:handoff-send", exchange);
  }

  private static Map<String, Object> bodyOf(Exchange exchange) {
    return cast(exchange.getMessage().getBody());
  }

  private Map<String, Object> appended() throws Exception {
    MockEndpoint mock = camel.getEndpoint("mock:appended", MockEndpoint.class);
    mock.setExpectedMessageCount(1);
    mock.assertIsSatisfied();
    return cast(mock.getExchanges().get(0).getMessage().getBody());
  }

  private static StoredEntry entry(long seq, String activity) throws Exception {
    return new StoredEntry(
        "c1",
        seq,
        Lane.CUSTOMER,
        "activity",
        (ObjectNode) JSON.readTree(activity),
        StoredEntry.Status.DONE,
        0,
        null,
        null,
        Instant.EPOCH);
  }

  @SuppressWarnings("unchecked")
  private static <T> T cast(Object value) {
    return (T) value;
  }
}
