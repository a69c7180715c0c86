package dev.baton.hub.omnichannel;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.Fields;
import dev.baton.hub.http.RetryAfter;
import dev.baton.journal.DeliveryException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Bean {@code omnichannelAnswers}: reads the answers of the Messaging API. */
public final class OmnichannelAnswers {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final OmnichannelHubs hubs;

  OmnichannelAnswers(OmnichannelHubs hubs) {
    this.hubs = hubs;
  }

  /** Whether a refused opening may work with fewer context entries. */
  public boolean tooManyEntries(Exchange exchange) {
    return code(read(exchange.getMessage())) == ErrorCode.TOO_MANY_CONTEXT_ENTRIES.code();
  }

  /**
   * A 2xx answer to the opening: {@code {conversationId, created}} as the hub contract has it.
   *
   * @throws DeliveryException permanent, when it names no conversation
   */
  public Map<String, Object> opened(Exchange exchange, String hub) {
    Fields answer = read(exchange.getMessage());
    String id = answer.text("conversationId");
    if (id == null) {
      throw DeliveryException.permanent(
          "BTN-2457 Hub " + hub + " opened a conversation but names none", null);
    }
    Map<String, Object> opened = new LinkedHashMap<>();
    opened.put("conversationId", id);
    opened.put("created", answer.flag("isNew", true));
    return opened;
  }

  /** A 2xx answer to a message: its id is kept. */
  public Map<String, Object> sent(Exchange exchange) {
    String id = read(exchange.getMessage()).text("messageId");
    return id == null ? Map.of() : Map.of("id", id);
  }

  /** Any answer to an end. That the conversation is gone already is what was wanted. */
  public Map<String, Object> ended(Exchange exchange, String hub) throws IOException {
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    int http = status == null ? 0 : status;
    boolean gone =
        ErrorCode.of(code(read(message)))
            .filter(known -> known.then() == ErrorCode.Then.GONE)
            .isPresent();
    if (http / 100 != 2 && !gone && http != 404 && http != 409 && http != 410) {
      failure(exchange, hub, false);
    }
    return Map.of();
  }

  /**
   * Any other answer. Tells the lane how to go on.
   *
   * @param inConversation whether 404 means that the conversation is over
   */
  public void failure(Exchange exchange, String hub, boolean inConversation) throws IOException {
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    int http = status == null ? 0 : status;
    Fields body = read(message);
    ErrorCode known = ErrorCode.of(code(body)).orElse(null);
    String who = who(hub, http, body, message.getHeader("x-ms-correlation-id", String.class));
    if (http == 401 || http == 403) {
      hubs.messaging(hub).refused(exchange.getVariable(OmnichannelRequests.TOKEN, String.class));
      throw new IOException("BTN-2451 " + who + ": check client-id, client-secret and scope");
    }
    if (http == 429 || http == 503) {
      throw DeliveryException.retryAfter(
          "BTN-2452 " + who, RetryAfter.parse(message.getHeader("Retry-After", String.class)));
    }
    ErrorCode.Then then = known == null ? null : known.then();
    if (then == ErrorCode.Then.GONE || (then == null && http == 404 && inConversation)) {
      throw DeliveryException.gone("BTN-2453 " + who + ": the conversation is over there", null);
    }
    if (then == ErrorCode.Then.SETUP) {
      throw DeliveryException.permanent(
          "BTN-2454 " + who + ": the channel is not set up as configured", null);
    }
    if (then == ErrorCode.Then.AGAIN || http >= 500 || http == 408 || http == 0) {
      throw new IOException("BTN-2455 " + who);
    }
    throw DeliveryException.permanent("BTN-2456 " + who + ": it will not take this request", null);
  }

  private static String who(String hub, int http, Fields body, String correlation) {
    Integer code = code(body);
    return "Hub "
        + hub
        + " answered "
        + http
        + (code == 0 ? "" : " with code " + code)
        + (correlation == null || !correlation.matches("[\\w.-]{1,80}")
            ? ""
            : ", correlation " + correlation);
  }

  /** The code stands at the top, in {@code error}, or in the problem's {@code extensions}. */
  private static int code(Fields body) {
    for (String name : new String[] {"code", "errorCode", "errorcode"}) {
      if (body.number(name) != null) {
        return body.number(name);
      }
    }
    for (String name : new String[] {"error", "extensions"}) {
      if (body.raw(name) instanceof Map<?, ?> inner && Fields.of(inner).number("code") != null) {
        return Fields.of(inner).number("code");
      }
    }
    return 0;
  }

  static Fields read(Message message) {
    try {
      byte[] body = message.getBody(byte[].class);
      return Fields.of(body == null || body.length == 0 ? null : JSON.readValue(body, OBJECT));
    } catch (IOException e) {
      return Fields.of(null); // a proxy's page; the status says enough
    }
  }
}
