package dev.baton.hub.http;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.journal.DeliveryException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.Variable;

/**
 * Bean {@code httpHubAnswer}: reads the answers of the neutral HTTP binding, leniently. Each method
 * leaves what the hub contract asks of the operation.
 */
public final class HttpHubAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};
  private static final Set<String> STATES = Set.of("AVAILABLE", "UNAVAILABLE", "UNKNOWN");
  private static final Set<String> REASONS = Set.of("CLOSED", "NO_AGENT", "REFUSED");

  /** A 2xx answer to {@code availability}. */
  public Map<String, Object> availability(@Body byte[] body) {
    Map<String, Object> answer = read(body);
    String state = upper(answer.get("state"));
    answer.put("state", STATES.contains(state) ? state : "UNKNOWN");
    return plain(answer);
  }

  public Map<String, Object> availabilityUnknown() {
    return Map.of("state", "UNKNOWN");
  }

  /**
   * A 200 or 201 answer to {@code open}.
   *
   * @throws DeliveryException permanent, when it names no conversation
   */
  public Map<String, Object> opened(
      @Body byte[] body,
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Variable("hub") String hub) {
    Map<String, Object> answer = read(body);
    if ("UNAVAILABLE".equals(upper(answer.get("state")))) {
      return refusal(answer);
    }
    Object id =
        answer.containsKey("conversationId") ? answer.get("conversationId") : answer.get("id");
    if (id == null || id.toString().isBlank()) {
      throw DeliveryException.permanent(
          "BTN-2106 Hub " + hub + " opened a conversation but its answer has no conversationId",
          null);
    }
    Map<String, Object> opened = new LinkedHashMap<>();
    opened.put("conversationId", id.toString());
    opened.put("created", status == 201);
    return opened;
  }

  /** A 409 answer to {@code open}: the hub does not take the handoff now. */
  public Map<String, Object> refused(@Body byte[] body) {
    return refusal(read(body));
  }

  private static Map<String, Object> refusal(Map<String, Object> answer) {
    Map<String, Object> refusal = new LinkedHashMap<>();
    String reason = upper(answer.get("reason"));
    refusal.put("state", "UNAVAILABLE");
    refusal.put("reason", REASONS.contains(reason) ? reason : "REFUSED");
    for (String key : new String[] {"message", "nextOpen"}) {
      if (answer.get(key) != null) {
        refusal.put(key, answer.get(key).toString());
      }
    }
    return refusal;
  }

  /** A 2xx answer to anything else; a body is optional. */
  public Map<String, Object> sent(@Body byte[] body) {
    Map<String, Object> answer = read(body);
    Object id = answer.get("id");
    return id == null ? Map.of() : Map.of("id", id.toString());
  }

  /** Any other answer to what is said in a conversation: 404 and 410 mean that it is gone. */
  public void conversationFailure(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Header("Retry-After") String retryAfter,
      @Variable("hub") String hub)
      throws IOException {
    if (status == 404 || status == 410) {
      throw DeliveryException.gone(
          "BTN-2102 Hub " + hub + " answered " + status + ": the conversation is gone there", null);
    }
    failure(status, retryAfter, hub);
  }

  /** Tells the lane how to go on after any other answer. */
  public void failure(
      @Header(Exchange.HTTP_RESPONSE_CODE) int status,
      @Header("Retry-After") String retryAfter,
      @Variable("hub") String hub)
      throws IOException {
    String who = "Hub " + hub + " answered " + status;
    switch (status) {
      case 429, 503 ->
          throw DeliveryException.retryAfter("BTN-2103 " + who, RetryAfter.parse(retryAfter));
      // A token that is being changed must not cost what is said in that minute.
      case 401, 403 ->
          throw new IOException("BTN-2107 " + who + ": check baton.hubs." + hub + ".token");
      // Not the request's fault: a time-out on the way, a connection or a replay refused.
      case 408, 421, 425 -> throw new IOException("BTN-2105 " + who);
      default -> {
        if (status >= 300 && status < 500) {
          throw DeliveryException.permanent(
              "BTN-2101 " + who + ": it will not take this request", null);
        }
        throw new IOException("BTN-2105 " + who);
      }
    }
  }

  /** Field names in any letter case; anything that is not a JSON object reads as an empty one. */
  private static Map<String, Object> read(byte[] body) {
    Map<String, Object> answer = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (body != null && body.length > 0) {
      try {
        Map<String, Object> parsed = JSON.readValue(body, OBJECT);
        if (parsed != null) {
          answer.putAll(parsed);
        }
      } catch (IOException e) {
        return answer;
      }
    }
    return answer;
  }

  private static Map<String, Object> plain(Map<String, Object> answer) {
    return new LinkedHashMap<>(answer);
  }

  private static String upper(Object value) {
    return value == null ? "" : value.toString().trim().toUpperCase(Locale.ROOT);
  }
}
