package dev.baton.hub.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.HubProperties;
import dev.baton.journal.DeliveryException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Bean {@code httpHub}: makes the requests of the neutral HTTP binding. Each method sets path,
 * query, headers and body of the message; the route sends it.
 */
public final class HttpHub {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HubProperties properties;
  private final Map<String, String> authorizations = new ConcurrentHashMap<>();
  private final Map<String, Map<String, Object>> capabilities = new ConcurrentHashMap<>();

  public HttpHub(HubProperties properties) {
    this.properties = properties;
  }

  /** {@code GET /availability} with the routing of the body as query. */
  public void availabilityRequest(Exchange exchange, String hub) {
    Map<?, ?> wish = body(exchange);
    String query =
        Stream.of("queue", "skill", "locale")
            .filter(key -> wish.get(key) != null)
            .map(key -> key + "=" + encode(wish.get(key).toString()))
            .collect(Collectors.joining("&"));
    Message message = request(exchange, hub, "/availability");
    if (!query.isEmpty()) {
      message.setHeader(Exchange.HTTP_QUERY, query);
    }
    message.setBody(null);
  }

  /**
   * {@code POST /conversations}. From the second try on the transcript is shortened.
   *
   * @param request the whole body of the operation {@code open}
   * @param tries 1 for the first try
   * @throws DeliveryException permanent, when nothing is left that could be shortened
   */
  public void openRequest(Exchange exchange, String hub, Map<String, Object> request, int tries)
      throws JsonProcessingException {
    Map<String, Object> body = tries == 1 ? request : Transcripts.shorten(request, tries - 1);
    if (body == null) {
      throw DeliveryException.permanent(
          "BTN-2104 Hub " + hub + " finds the handoff too large even without transcript", null);
    }
    Message message = request(exchange, hub, "/conversations");
    json(message, body);
  }

  /** {@code POST /conversations/{id}…} with the body as JSON. */
  public void conversationRequest(Exchange exchange, String hub, String operation)
      throws JsonProcessingException {
    Map<?, ?> body = body(exchange);
    Message message = request(exchange, hub, conversation(exchange, hub) + operation);
    json(message, body);
  }

  /** {@code DELETE /conversations/{id}?reason=…}. */
  public void endRequest(Exchange exchange, String hub) {
    Object reason = body(exchange).get("reason");
    Message message = request(exchange, hub, conversation(exchange, hub));
    if (reason != null) {
      message.setHeader(Exchange.HTTP_QUERY, "reason=" + encode(reason.toString()));
    }
    message.setBody(null);
  }

  /** What is configured as the hub's limits; a missing one means no limit. */
  public Map<String, Object> capabilities(String hub) {
    return capabilities.computeIfAbsent(hub, this::readCapabilities);
  }

  private Map<String, Object> readCapabilities(String hub) {
    Map<String, Object> limits = new LinkedHashMap<>();
    for (String[] limit :
        List.of(
            new String[] {"maxText", "max-text"},
            new String[] {"maxTranscript", "max-transcript"},
            new String[] {"maxContextEntries", "max-context-entries"},
            new String[] {"maxContextValue", "max-context-value"})) {
      Integer value = properties.number(hub, limit[1]);
      if (value != null) {
        limits.put(limit[0], value);
      }
    }
    limits.put("typing", true);
    limits.put("attachments", true);
    return Collections.unmodifiableMap(limits);
  }

  private Message request(Exchange exchange, String hub, String path) {
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_PATH, path);
    message.setHeader("Accept", "application/json");
    String authorization = authorizations.computeIfAbsent(hub, this::authorization);
    if (!authorization.isEmpty()) {
      message.setHeader("Authorization", authorization);
    }
    return message;
  }

  private String authorization(String hub) {
    String token = properties.get(hub, "token");
    return token.isEmpty() ? "" : "Bearer " + token;
  }

  private static void json(Message message, Object body) throws JsonProcessingException {
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(JSON.writeValueAsBytes(body));
  }

  private static Map<?, ?> body(Exchange exchange) {
    Map<?, ?> body = exchange.getMessage().getBody(Map.class);
    return body == null ? Map.of() : body;
  }

  private static String conversation(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    if (id == null || id.isEmpty()) {
      throw DeliveryException.permanent(
          "BTN-2106 No id of the conversation in hub " + hub + " is known", null);
    }
    return "/conversations/" + encode(id);
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
