package dev.baton.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code hubWebhook}: the edge of every signed hub webhook. Steps of a route: {@link #verify},
 * {@link #events}; on failure {@link #problem} or {@link #unavailable}.
 */
public final class HubWebhook {
  /** Header that carries the signature. */
  public static final String SIGNATURE = "X-Hub-Signature-256";

  private static final Logger LOG = LoggerFactory.getLogger(HubWebhook.class);
  private static final int MAX_BODY = 256 * 1024;
  private static final int MAX_EVENTS = 500;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  static {
    JSON.getFactory()
        .setStreamReadConstraints(
            StreamReadConstraints.builder().maxNestingDepth(64).maxNumberLength(100).build());
  }

  private final HubProperties properties;
  private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();

  public HubWebhook(HubProperties properties) {
    this.properties = properties;
  }

  /**
   * Checks content type, size and signature of the request and leaves the raw bytes as the body.
   * Variable {@code hub} names the hub.
   *
   * @throws HubProblem when the request is refused
   */
  public void verify(Exchange exchange) {
    Message message = exchange.getMessage();
    String hub = exchange.getVariable("hub", String.class);
    byte[] body = body(message);
    List<String> keys = keys(hub, "callback-secret");
    String signature = message.getHeader(SIGNATURE, String.class);
    if (!HubSignature.verify(keys, body, signature)) {
      LOG.warn(
          "BTN-2001 Call of hub {} refused: its signature is {}",
          hub,
          signature == null ? "missing" : "wrong");
      throw new HubProblem(
          401,
          "BTN-2001",
          "Signature missing or wrong",
          "Send "
              + SIGNATURE
              + ": sha256=<hex HMAC-SHA256 of the raw body> made with the callback secret.");
    }
    refuseIfTooLarge(body);
    String type = message.getHeader(Exchange.CONTENT_TYPE, String.class);
    if (type == null || !type.toLowerCase(Locale.ROOT).contains("json")) {
      throw new HubProblem(
          415, "BTN-2005", "Not JSON", "Send the event with Content-Type: application/json.");
    }
    message.setBody(body);
  }

  /**
   * Checks a shared key that the vendor presents in a header, in constant time, and the size of the
   * body. For adapters whose vendor does not sign.
   *
   * @param header the header's name
   * @param property key of the hub's property that holds the accepted keys, comma-separated
   * @throws HubProblem when the request is refused
   */
  public void verifyKey(Exchange exchange, String header, String property) {
    Message message = exchange.getMessage();
    String hub = exchange.getVariable("hub", String.class);
    String given = message.getHeader(header, "", String.class);
    boolean fits = false;
    for (String key : keys(hub, property)) {
      fits |=
          MessageDigest.isEqual(
              key.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }
    if (!fits) {
      LOG.warn("BTN-2001 Call of hub {} refused: its {} is missing or wrong", hub, header);
      throw new HubProblem(
          401,
          "BTN-2001",
          "Key missing or wrong",
          "Send the agreed key in the header " + header + ".");
    }
    byte[] body = body(message);
    refuseIfTooLarge(body);
    message.setBody(body);
  }

  /**
   * Parses the body, any JSON object, into a Map.
   *
   * @throws HubProblem when it is none
   */
  public void json(Exchange exchange) {
    JsonNode root = parse(body(exchange.getMessage()));
    if (!root.isObject()) {
      throw malformed("The body is not a JSON object.");
    }
    exchange.getMessage().setBody(JSON.convertValue(root, Map.class));
  }

  private static byte[] body(Message message) {
    byte[] body = message.getBody(byte[].class);
    return body == null ? new byte[0] : body;
  }

  private static void refuseIfTooLarge(byte[] body) {
    if (body.length > MAX_BODY) {
      throw new HubProblem(
          413,
          "BTN-2004",
          "Body too large",
          "A callback may hold " + MAX_BODY + " bytes; send fewer events at once.");
    }
  }

  private List<String> keys(String hub, String property) {
    List<String> keys =
        secrets.computeIfAbsent(hub + "." + property, name -> properties.list(hub, property));
    if (keys.isEmpty()) {
      String key = "baton.hubs." + hub + "." + property;
      LOG.error("BTN-2002 Hub {} called back, but {} is not set: refused", hub, key);
      throw new HubProblem(
          401,
          "BTN-2002",
          "No callback secret",
          "Baton has no secret to check this hub's calls with; set " + key + ".");
    }
    return keys;
  }

  /**
   * Parses the body, one event or an array of events, into a list of Maps. {@code X-Event-Id}
   * stands in for a missing {@code eventId}.
   *
   * @throws HubProblem when it is not JSON, or not an event
   */
  public void events(Exchange exchange) {
    Message message = exchange.getMessage();
    String eventId = message.getHeader("X-Event-Id", String.class);
    JsonNode root = parse(message.getBody(byte[].class));
    List<Map<String, Object>> events = new ArrayList<>();
    if (root.isArray()) {
      if (root.size() > MAX_EVENTS) {
        throw malformed("An array may hold " + MAX_EVENTS + " events, not " + root.size() + ".");
      }
      for (JsonNode element : root) {
        events.add(event(element, root.size() == 1 ? eventId : suffixed(eventId, events.size())));
      }
    } else {
      events.add(event(root, eventId));
    }
    message.setBody(events);
  }

  private static String suffixed(String eventId, int index) {
    return eventId == null ? null : eventId + "#" + index;
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode root = JSON.readTree(body);
      if (root == null || root.isMissingNode()) {
        throw malformed("The body is empty.");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw malformed("The body is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      throw malformed("The body is not JSON in UTF-8.");
    }
  }

  private static Map<String, Object> event(JsonNode node, String eventId) {
    if (!node.isObject()) {
      throw malformed("An event is a JSON object.");
    }
    Map<String, Object> event = new LinkedHashMap<>();
    node.fields()
        .forEachRemaining(
            field -> event.put(field.getKey(), JSON.convertValue(field.getValue(), Object.class)));
    Fields fields = Fields.of(event);
    if (fields.text("type") == null) {
      throw malformed("The event has no type.");
    }
    if (fields.text("conversationId") == null && fields.text("handoffId") == null) {
      throw malformed("The event names neither conversationId nor handoffId.");
    }
    if (eventId != null && fields.text("eventId") == null) {
      event.put("eventId", eventId);
    }
    return event;
  }

  private static HubProblem malformed(String detail) {
    return new HubProblem(400, "BTN-2003", "Malformed event", detail);
  }

  /** Turns the {@link HubProblem} that the route caught into the answer. */
  public void problem(Exchange exchange) throws JsonProcessingException {
    HubProblem problem = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, HubProblem.class);
    answer(exchange, problem);
  }

  /** Answers that the event could not be kept and is to be sent again. */
  public void unavailable(Exchange exchange) throws JsonProcessingException {
    answer(
        exchange,
        new HubProblem(
            503, "BTN-2006", "Event not taken", "Baton could not keep the event; send it again."));
    exchange.getMessage().setHeader("Retry-After", "2");
  }

  private static void answer(Exchange exchange, HubProblem problem) throws JsonProcessingException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("detail", problem.getMessage());
    body.put("code", problem.code());
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
    message.setBody(JSON.writeValueAsString(body));
  }
}
