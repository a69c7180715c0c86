package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class ConversationContextTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  @Test
  void stepsRunWithTheConversationInTheLogAndCallsCarryItsTrace() throws Exception {
    Map<String, String> sent = new ConcurrentHashMap<>();
    HttpServer hub =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    hub.createContext(
        "/",
        call -> {
          sent.put("traceparent", String.valueOf(call.getRequestHeaders().getFirst("traceparent")));
          call.sendResponseHeaders(204, -1);
          call.close();
        });
    hub.start();
    Map<String, String> logged = new HashMap<>();
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.getCamelContextExtension().addInterceptStrategy(new ConversationContext());
      HttpComponent http = new HttpComponent();
      http.setHttpClientConfigurer(new TraceHeaders());
      context.addComponent("http", http);
      context.addRoutes(route(hub.getAddress().getPort(), logged));
      context.start();

      try (var template = context.createProducerTemplate()) {
        template.sendBodyAndHeader(
            "direct:in", "{}", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
      }
    } finally {
      hub.stop(0);
    }

    assertThat(logged).containsEntry("conversation", "context-1").containsEntry("trace", TRACE);
    assertThat(sent.get("traceparent")).startsWith("00-" + TRACE + "-").doesNotContain("00f067aa");
    assertThat(MDC.get("conversation")).isNull();
  }

  private static RouteBuilder route(int port, Map<String, String> logged) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        from("direct:in")
            .setVariable("conversation", constant("context-1"))
            .removeHeaders("*")
            .process(exchange -> logged.putAll(MDC.getCopyOfContextMap()))
            .to("http://127.0.0.1:" + port + "/?skipControlHeaders=true&skipRequestHeaders=true");
      }
    };
  }
}
