package dev.baton.hub.servicenow;

import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;

/** Raises events by the route {@code direct:hub-event}. */
final class RouteEvents implements EventSink {
  private final ProducerTemplate template;

  RouteEvents(ProducerTemplate template) {
    this.template = template;
  }

  @Override
  public void raise(String hub, List<Map<String, Object>> events) {
    for (Map<String, Object> event : events) {
      Exchange answer =
          template.send(
              "direct:hub-event",
              exchange -> {
                exchange.setVariable("hub", hub);
                exchange.getMessage().setBody(event);
              });
      if (answer.getException() != null) {
        throw new IllegalStateException(answer.getException());
      }
    }
  }
}
