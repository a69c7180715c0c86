package dev.baton.hub.desk;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Raises hub events by calling the route {@code direct:hub-event}, on the template's threads. */
public final class RouteHubEvents implements DeskEvents {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ProducerTemplate template;

  /** Uses a started template; whoever made it closes it. */
  public RouteHubEvents(ProducerTemplate template) {
    this.template = template;
  }

  @Override
  public CompletableFuture<Outcome> raise(String hub, ObjectNode event) {
    return template
        .asyncSend(
            "direct:hub-event",
            exchange -> {
              exchange.setVariable("hub", hub);
              exchange.getMessage().setBody(JSON.convertValue(event, MAP));
            })
        .thenCompose(RouteHubEvents::outcome);
  }

  private static CompletableFuture<Outcome> outcome(Exchange exchange) {
    if (exchange.getException() != null) {
      return CompletableFuture.failedFuture(exchange.getException());
    }
    // The journal sets it, whatever the event led to; without it no conversation has the event.
    Boolean duplicate = exchange.getVariable("duplicate", Boolean.class);
    return CompletableFuture.completedFuture(
        new Outcome(
            duplicate != null,
            Boolean.TRUE.equals(duplicate),
            exchange.getVariable("result", String.class)));
  }
}
