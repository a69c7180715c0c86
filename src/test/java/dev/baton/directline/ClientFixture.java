package dev.baton.directline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context with one route that receives, and short ways to use the producer. */
final class ClientFixture implements AutoCloseable {
  final DefaultCamelContext camel = new DefaultCamelContext();
  final DirectLineConfiguration configuration = new DirectLineConfiguration();
  final List<Map<String, Object>> received = new CopyOnWriteArrayList<>();
  final List<Map<String, Object>> headers = new CopyOnWriteArrayList<>();

  /** What the route does with an activity before it counts as received. */
  volatile Consumer<Message> step = message -> {};

  ClientFixture(FakeDirectLine service, Consumer<DirectLineConfiguration> options) {
    configuration.setUrl(service.url());
    configuration.setSecret(FakeDirectLine.SECRET);
    configuration.setRequestTimeout(5_000);
    configuration.setEchoTimeout(5_000);
    configuration.setPollAfterPost(10);
    configuration.setPollInterval(40);
    configuration.setPollMaxInterval(200);
    configuration.setReconnectDelayMin(20);
    configuration.setReconnectDelayMax(60);
    configuration.setReconnectDelayLimit(200);
    configuration.setSocketCheck(100);
    configuration.setRetryDelay(20);
    configuration.setRetryMaxDelay(60);
    configuration.setResumeSpread(20);
    options.accept(configuration);
    camel.disableJMX();
    camel.getRegistry().bind("directline-demo", configuration);
  }

  ClientFixture start() throws Exception {
    camel.addRoutes(
        new RouteBuilder() {
          @Override
          public void configure() {
            errorHandler(noErrorHandler());
            from("directline:demo")
                .routeId("receive")
                .process(
                    exchange -> {
                      step.accept(exchange.getMessage());
                      headers.add(new LinkedHashMap<>(exchange.getMessage().getHeaders()));
                      @SuppressWarnings("unchecked")
                      Map<String, Object> body = exchange.getMessage().getBody(Map.class);
                      received.add(body);
                    });
          }
        });
    camel.start();
    return this;
  }

  /** Without a route that receives. */
  ClientFixture startWithoutConsumer() {
    camel.start();
    return this;
  }

  Exchange call(String operation, Object body, Map<String, Object> callHeaders) {
    return camel
        .createFluentProducerTemplate()
        .to("directline:demo?operation=" + operation)
        .withBody(body)
        .withHeaders(callHeaders)
        .send();
  }

  Exchange open(String key) {
    return open(key, Map.of("user", Map.of("id", "cust-" + key, "name", "Ada"), "locale", "de-DE"));
  }

  Exchange open(String key, Map<String, Object> body) {
    Exchange exchange = call("start", body, Map.of(DirectLineConstants.KEY, key));
    if (exchange.getException() != null) {
      throw new AssertionError(exchange.getException());
    }
    return exchange;
  }

  Exchange say(String key, String text) {
    return say(key, text, "mark-" + text, false);
  }

  Exchange say(String key, String text, String mark, boolean redelivered) {
    return call(
        "post",
        Map.of("type", "message", "text", text),
        Map.of(
            DirectLineConstants.KEY, key,
            DirectLineConstants.MARK, mark,
            DirectLineConstants.REDELIVERED, redelivered));
  }

  List<String> texts() {
    List<String> texts = new ArrayList<>();
    for (Map<String, Object> activity : received) {
      texts.add((String) activity.get("text"));
    }
    return texts;
  }

  DirectLineStatus status() {
    return camel.getComponent("directline", DirectLineComponent.class).status().get("demo");
  }

  @Override
  public void close() {
    camel.stop();
  }
}
