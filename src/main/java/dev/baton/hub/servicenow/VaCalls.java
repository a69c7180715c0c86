package dev.baton.hub.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.activity.SafeText;
import dev.baton.hub.Fields;
import dev.baton.hub.http.RetryAfter;
import dev.baton.journal.DeliveryException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code serviceNowCalls}: the HTTP side of a request to the Virtual Agent API. {@link
 * #prepare} makes the message, {@link #settle} says whether to try again with a new token, {@link
 * #answer} reads what came. Source: "Bot Integration API", status codes.
 */
public final class VaCalls {
  private static final Logger LOG = LoggerFactory.getLogger(VaCalls.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final int MAX_DETAIL = 200;

  private final ServiceNowHubs hubs;
  private final Credentials credentials;
  private final Callbacks callbacks;
  private final Set<String> synchronous = ConcurrentHashMap.newKeySet();

  VaCalls(ServiceNowHubs hubs, Credentials credentials, Callbacks callbacks) {
    this.hubs = hubs;
    this.credentials = credentials;
    this.callbacks = callbacks;
  }

  /** Keeps the request, a Map, for {@link #prepare}. */
  public void begin(Exchange exchange) {
    exchange.setVariable("vaBody", Texts.compact(map(exchange.getMessage().getBody())));
    exchange.setVariable("vaTry", 0);
    exchange.setVariable("vaAgain", true);
  }

  /** Sets headers and body: the very bytes that are signed. May block for a token. */
  public void prepare(Exchange exchange, String hub) throws IOException {
    ServiceNowConfig config = hubs.get(hub);
    byte[] body = exchange.getVariable("vaBody", byte[].class);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_PATH, config.path());
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setHeader("Accept", "application/json");
    credentials.headers(config, body).forEach(message::setHeader);
    message.setBody(body);
    exchange.setVariable("vaTry", exchange.getVariable("vaTry", Integer.class) + 1);
  }

  /** Sets the variable {@code vaAgain}: a token that was refused is renewed, once. */
  public void settle(Exchange exchange, String hub) {
    boolean refused = status(exchange) == 401 && exchange.getVariable("vaTry", Integer.class) == 1;
    exchange.setVariable("vaAgain", refused && credentials.refused(hubs.get(hub)));
  }

  /**
   * Leaves the answer as a Map: {@code status} is {@code success} or {@code failure}. In
   * synchronous mode the answer holds what a callback would: it is taken as one.
   *
   * @throws DeliveryException when trying again cannot help, or not before some time
   * @throws IOException when it may
   */
  public void answer(Exchange exchange, String hub) throws IOException {
    Message message = exchange.getMessage();
    int status = status(exchange);
    String type = message.getHeader(Exchange.CONTENT_TYPE, "", String.class);
    byte[] body = message.getBody(byte[].class);
    String retryAfter = message.getHeader("Retry-After", String.class);
    String rule = message.getHeader("X-RateLimit-Rule", "?", String.class);
    String mfa = message.getHeader("X-MFA_TOKEN", String.class);
    message.removeHeaders("*");
    if (InstanceClient.isPage(status, type)) {
      throw new IOException(
          who(hub, status)
              .insert(0, "BTN-2342 ")
              .append(" with a page instead of data: the instance is asleep, or url is wrong")
              .toString());
    }
    Map<String, Object> json = read(body);
    if (status / 100 == 2) {
      message.setBody(accepted(hub, json, body));
      return;
    }
    failure(hub, status, json, RetryAfter.parse(retryAfter), rule, mfa);
  }

  private Map<String, Object> accepted(String hub, Map<String, Object> json, byte[] body) {
    Fields fields = Fields.of(json);
    if ("FAILURE".equals(fields.word("status"))) {
      return Map.of("status", "failure", "message", detail(json));
    }
    if (fields.raw("body") != null) {
      if (synchronous.add(hub)) {
        LOG.warn(
            "BTN-2320 Hub {}: ServiceNow answers synchronously; agents' lines need the asynchronous"
                + " mode: untick Synchronous on the channel \"Bot to Bot\"",
            hub);
      }
      callbacks.take(hub, json);
    } else if (json.isEmpty() && body != null && body.length > 0) {
      LOG.debug("Hub {} answered a text", hub);
    }
    return Map.of("status", "success");
  }

  private void failure(
      String hub,
      int status,
      Map<String, Object> json,
      Duration retryAfter,
      String rule,
      String mfa)
      throws IOException {
    StringBuilder who = who(hub, status);
    String detail = detail(json);
    String whole = detail.isEmpty() ? who.toString() : who + ": " + detail;
    switch (status) {
      case 400 -> throw DeliveryException.permanent("BTN-2344 " + whole, null);
      case 401 -> throw new IOException(unauthorized(hub, whole, mfa));
      case 403 ->
          throw new IOException("BTN-2343 " + whole + "; check the account's roles and the ACLs");
      case 404 ->
          throw DeliveryException.permanent(
              "BTN-2309 " + whole + "; is the app Virtual Agent API installed, is path right?",
              null);
      case 405 ->
          throw DeliveryException.permanent(
              "BTN-2310 " + whole + "; the Scripted REST resource is not active", null);
      case 429, 503 ->
          throw DeliveryException.retryAfter(
              "BTN-2325 " + whole + " (rate limit rule " + rule + ")", retryAfter);
      default -> throw new IOException("BTN-2346 " + whole);
    }
  }

  private String unauthorized(String hub, String whole, String mfa) {
    if (mfa != null) {
      return "BTN-2307 " + whole + "; the account needs multi-factor authentication: use OAuth";
    }
    return hubs.get(hub).isSet("oauth-client-id")
        ? "BTN-2307 " + whole + "; the OAuth token is refused"
        : "BTN-2304 " + whole + "; check username, password and token";
  }

  private static StringBuilder who(String hub, int status) {
    return new StringBuilder("Hub ").append(hub).append(" answered ").append(status);
  }

  /** ServiceNow's own words, short and clean. */
  private static String detail(Map<String, Object> json) {
    Object error = json.get("error");
    Fields fields = Fields.of(error instanceof Map ? error : json);
    String text = fields.text("detail") == null ? fields.text("message") : fields.text("detail");
    if (text == null && error instanceof String one) {
      text = one;
    }
    String clean = text == null ? "" : SafeText.clean(text).replaceAll("\\s+", " ").strip();
    return clean.length() <= MAX_DETAIL ? clean : clean.substring(0, MAX_DETAIL) + "…";
  }

  private static Map<String, Object> read(byte[] body) {
    String text = body == null ? "" : new String(body, StandardCharsets.UTF_8).strip();
    if (!text.startsWith("{")) {
      return Map.of();
    }
    try {
      Map<String, Object> json = JSON.readValue(text, OBJECT);
      return json.size() == 1 && json.get("result") instanceof Map<?, ?> result
          ? map(result)
          : json;
    } catch (JsonProcessingException e) {
      return Map.of();
    }
  }

  private static Map<String, Object> map(Object body) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (body instanceof Map<?, ?> given) {
      given.forEach((key, value) -> map.put(String.valueOf(key), value));
    }
    return map;
  }

  private static int status(Exchange exchange) {
    return exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
  }

  /** Whether an answer refuses what was asked. For routes. */
  public boolean refused(Map<String, Object> answer) {
    return "failure".equals(String.valueOf(answer.get("status")).toLowerCase(Locale.ROOT));
  }
}
