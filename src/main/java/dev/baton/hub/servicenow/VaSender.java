package dev.baton.hub.servicenow;

import java.util.Map;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;

/** Sends a request to the Virtual Agent API by the hub's own route. */
interface VaSender {
  /** The answer, or an exception of the kinds that {@link VaCalls#answer} throws. Blocks. */
  Map<String, Object> send(String hub, Map<String, Object> request) throws Exception;

  /** By {@code direct:hub-<hub>-request}. */
  @SuppressWarnings("unchecked")
  static VaSender of(ProducerTemplate template) {
    return (hub, request) -> {
      try {
        return template.requestBody("direct:hub-" + hub + "-request", request, Map.class);
      } catch (CamelExecutionException e) {
        throw e.getCause() instanceof Exception cause ? cause : e;
      }
    };
  }
}
