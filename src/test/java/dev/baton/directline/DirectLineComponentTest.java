package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Vertx;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectLineComponentTest {
  private FakeDirectLine service;

  @BeforeEach
  void service() throws Exception {
    service = new FakeDirectLine();
  }

  @AfterEach
  void close() throws Exception {
    service.close();
  }

  @Test
  void aYamlRouteReceivesAndPosts() throws Exception {
    String yaml =
        """
        - route:
            id: receive
            description: What the bot says
            from:
              uri: directline:demo
              steps:
                - to:
                    uri: mock:received
        - route:
            id: send
            description: What the customer says
            from:
              uri: direct:send
              steps:
                - to:
                    uri: directline:demo
                    parameters:
                      operation: post
        """;
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      DirectLineConfiguration configuration = new DirectLineConfiguration();
      configuration.setUrl(service.url());
      configuration.setSecret(FakeDirectLine.SECRET);
      camel.getRegistry().bind("directline-demo", configuration);
      PluginHelper.getRoutesLoader(camel)
          .loadRoutes(ResourceHelper.fromString("bot.camel.yaml", yaml));
      camel.start();
      MockEndpoint received = camel.getEndpoint("mock:received", MockEndpoint.class);
      received.expectedMessageCount(1);
      received.expectedHeaderReceived(DirectLineConstants.KEY, "k1");
      Object id =
          camel
              .createProducerTemplate()
              .requestBodyAndHeader(
                  "direct:send",
                  Map.of("type", "message", "text", "hello"),
                  DirectLineConstants.KEY,
                  "k1");
      assertThat(id).isInstanceOf(Map.class);
      received.assertIsSatisfied(10_000);
      assertThat(received.getExchanges().get(0).getMessage().getBody(Map.class).get("text"))
          .isEqualTo("re: hello");
    }
  }

  @Test
  void optionsStandInTheUriTooWithDurationsAsCamelWritesThem() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      DirectLineEndpoint endpoint =
          camel.getEndpoint(
              "directline:demo?url=http://h/p&stream=websocket&requestTimeout=25s&secret=RAW(x+y)",
              DirectLineEndpoint.class);
      DirectLineConfiguration configuration = endpoint.getConfiguration();
      assertThat(configuration.getUrl()).isEqualTo("http://h/p");
      assertThat(configuration.getStream()).isEqualTo(DirectLineStream.WEBSOCKET);
      assertThat(configuration.getRequestTimeout()).isEqualTo(25_000);
      assertThat(configuration.getSecret()).isEqualTo("x+y");
      assertThat(endpoint.toString()).doesNotContain("x+y");
    }
  }

  @Test
  void aBeanIsTheBaseAndTheUriOverridesIt() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      DirectLineConfiguration bean = new DirectLineConfiguration();
      bean.setSecret("of the bean");
      bean.setStartEvent("startConversation");
      camel.getRegistry().bind("directline-demo", bean);
      DirectLineEndpoint endpoint =
          camel.getEndpoint("directline:demo?startEvent=join", DirectLineEndpoint.class);
      assertThat(endpoint.getConfiguration().getSecret()).isEqualTo("of the bean");
      assertThat(endpoint.getConfiguration().getStartEvent()).isEqualTo("join");
      assertThat(bean.getStartEvent()).isEqualTo("startConversation");
    }
  }

  @Test
  void aMisspeltOptionIsRefused() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      assertThatThrownBy(() -> camel.getEndpoint("directline:demo?secrt=x"))
          .hasMessageContaining("secrt");
    }
  }

  @Test
  void aBotWithoutCredentialsIsRefusedAtTheStart() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.addRoutes(route("directline:demo"));
      assertThatThrownBy(camel::start).hasStackTraceContaining("needs the option secret");
    }
  }

  @Test
  void aSecondConsumerOfTheSameBotIsRefused() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.disableJMX();
      camel.addRoutes(route("directline:demo?secret=x&url=" + service.url()));
      camel.start();
      assertThatThrownBy(
              () ->
                  camel.addRoutes(
                      route("directline:demo?secret=x&startEvent=y&url=" + service.url())))
          .hasStackTraceContaining("There is a consumer of directline:demo already");
    }
  }

  private static RouteBuilder route(String uri) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from(uri).to("mock:received");
      }
    };
  }

  @Test
  void anEmulatorNeedsNoCredentialsAndMayHaveAnotherPath() throws Exception {
    try (ClientFixture client =
        new ClientFixture(
                service,
                c -> {
                  c.setSecret(null);
                  c.setUrl(service.url() + "/v3/");
                  c.setApiPath("/directline");
                })
            .start()) {
      client.open("k1");
      client.say("k1", "hello");
      await().until(() -> client.texts().equals(List.of("re: hello")));
    }
  }

  @Test
  void theVertxOfTheRegistryIsUsedAndLeftOpen() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (ClientFixture client = new ClientFixture(service, c -> {})) {
      client.camel.getRegistry().bind("vertx", vertx);
      client.start();
      client.open("k1");
      assertThat(vertx.deploymentIDs()).hasSize(1);
      client.close();
      assertThat(vertx.deploymentIDs()).isEmpty();
      assertThat(vertx.setTimer(60_000, id -> {})).isNotNegative();
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }
  }

  @Test
  void theRouteMayBeStoppedAndStartedWithoutLoss() throws Exception {
    try (ClientFixture client = new ClientFixture(service, c -> {}).start()) {
      client.open("k1");
      client.say("k1", "one");
      await().until(() -> client.texts().equals(List.of("re: one")));
      client.camel.getRouteController().stopRoute("receive");
      await().until(() -> service.only().socket == null);
      service.act(() -> service.says(service.only(), "meanwhile"));
      client.camel.getRouteController().startRoute("receive");
      await().until(() -> client.texts().equals(List.of("re: one", "meanwhile")));
    }
  }

  @Test
  void theStateIsShownOverJmx() throws Exception {
    try (DefaultCamelContext camel = new DefaultCamelContext()) {
      camel.addRoutes(route("directline:demo?secret=hidden-one&url=" + service.url()));
      camel.start();
      camel
          .createProducerTemplate()
          .sendBodyAndHeader(
              "directline:demo?operation=START&secret=hidden-one&url=" + service.url(),
              null,
              DirectLineConstants.KEY,
              "k1");
      MBeanServer server = ManagementFactory.getPlatformMBeanServer();
      ObjectName component =
          server
              .queryNames(
                  new ObjectName(
                      "org.apache.camel:context="
                          + camel.getManagementName()
                          + ",type=components,name=\"directline\""),
                  null)
              .iterator()
              .next();
      assertThat(server.getAttribute(component, "OpenConversations")).isEqualTo(1);
      Set<ObjectName> endpoints =
          server.queryNames(
              new ObjectName(
                  "org.apache.camel:context=" + camel.getManagementName() + ",type=endpoints,*"),
              null);
      assertThat(endpoints.toString()).contains("directline").doesNotContain("hidden-one");
    }
  }

  @Test
  void everyOptionIsDocumented() throws Exception {
    String page = Files.readString(Path.of("docs/direct-line.md"));
    try (InputStream catalogue =
        getClass().getResourceAsStream("/META-INF/dev/baton/directline/directline.json")) {
      JsonNode model = new ObjectMapper().readTree(catalogue);
      model
          .get("properties")
          .fieldNames()
          .forEachRemaining(
              option -> {
                boolean ofCamel =
                    "exceptionHandler,exchangePattern,bridgeErrorHandler,lazyStartProducer,bot"
                        .contains(option);
                if (!ofCamel) {
                  assertThat(page).contains("| `" + option + "` |");
                }
              });
      model
          .get("headers")
          .fieldNames()
          .forEachRemaining(header -> assertThat(page).contains("`" + header + "`"));
    }
  }

  @Test
  void aThousandConversationsNeedNoThreadEach() throws Exception {
    Map<String, AtomicInteger> heard = new ConcurrentHashMap<>();
    try (ClientFixture client = new ClientFixture(service, c -> c.setWorkers(4))) {
      client.step =
          message ->
              heard
                  .computeIfAbsent(
                      message.getHeader(DirectLineConstants.KEY, String.class),
                      k -> new AtomicInteger())
                  .incrementAndGet();
      client.start();
      int before = threads();
      client.open("k0");
      ProducerTemplate template = client.camel.createProducerTemplate();
      List<CompletableFuture<Exchange>> starts =
          IntStream.range(1, 1000)
              .mapToObj(
                  i ->
                      template.asyncSend(
                          "directline:demo?operation=start",
                          exchange ->
                              exchange.getMessage().setHeader(DirectLineConstants.KEY, "k" + i)))
              .toList();
      for (CompletableFuture<Exchange> start : starts) {
        assertThat(start.get(60, TimeUnit.SECONDS).getException()).isNull();
      }
      await().atMost(30, TimeUnit.SECONDS).until(() -> client.status().sockets() == 1000);
      service.act(() -> service.talks.values().forEach(talk -> service.says(talk, "to all")));
      await().atMost(30, TimeUnit.SECONDS).until(() -> heard.size() == 1000);
      assertThat(heard.values()).allSatisfy(count -> assertThat(count).hasValue(1));
      assertThat(threads() - before).isLessThan(60);
      assertThat(client.status().healthy()).isTrue();
    }
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }
}
