package dev.baton.hub.desk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Raises hub events by calling the route {@code direct:hub-event}, on the template's threads. */
public final class RouteHubEvents implements HubEvents {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProducerTemplate template;

  /** Uses a started template; whoever made it closes it. */
  public RouteHubEvents(ProducerTemplate template) {
    this.template = template;
  }

  @Override
  public CompletableFuture<Boolean> raise(String hub, ObjectNode event) {
    return template
        .asyncSend(
            "direct:hub-event",
            exchange -> {
              exchange.setVariable("hub", hub);
              exchange.getMessage().setBody(JSON.convertValue(event, MAP));
            })
        .thenCompose(RouteHubEvents::outcome);
  }

  private static CompletableFuture<Boolean> outcome(Exchange exchange) {
    Exception failure = exchange.getException();
    return failure == null
        ? CompletableFuture.completedFuture(
            Boolean.TRUE.equals(exchange.getVariable("duplicate", Boolean.class)))
        : CompletableFuture.failedFuture(failure);
  }
}
