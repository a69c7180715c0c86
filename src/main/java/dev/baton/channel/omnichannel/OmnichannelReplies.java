package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.hub.http.RetryAfter;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.DocumentStore;
import dev.baton.tokens.ClientCredentials;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Bean {@code omnichannelReplies}: says to Omnichannel, through the Bot Connector, what stands in
 * the customer's stream.
 */
public final class OmnichannelReplies {
  private static final String TOKEN = "omnichannelToken";

  private final DocumentStore documents;
  private final Map<String, ReplyMapper> mappers;
  private final Map<String, ClientCredentials> tokens;

  OmnichannelReplies(
      DocumentStore documents,
      Map<String, ReplyMapper> mappers,
      Map<String, ClientCredentials> tokens) {
    this.documents = documents;
    this.mappers = new HashMap<>(mappers);
    this.tokens = new HashMap<>(tokens);
  }

  /**
   * Makes the request of a reply: URL, headers and body; a body of null where there is nothing to
   * say.
   *
   * @throws DeliveryException permanent, when nobody knows where the conversation lives
   * @throws IOException when no token can be had
   */
  public void request(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    String bot = exchange.getVariable("bot", String.class);
    String conversation = exchange.getVariable("conversation", String.class);
    JsonNode activity = Trees.tree(message.getBody());
    Optional<ObjectNode> reply =
        mappers.containsKey(bot) ? mappers.get(bot).map(activity) : Optional.empty();
    message.removeHeaders("*");
    if (reply.isEmpty()) {
      message.setBody(null);
      return;
    }
    Reference reference =
        documents
            .get(OmnichannelEvents.REFERENCES, conversation)
            .map(Reference::read)
            .orElseThrow(
                () ->
                    DeliveryException.permanent(
                        "BTN-1225 Nobody knows where this conversation of Omnichannel lives",
                        null));
    String token = tokens.get(bot).token();
    exchange.setVariable(TOKEN, token);
    message.setHeader(
        Exchange.HTTP_URI,
        reference.serviceUrl()
            + "/v3/conversations/"
            + URLEncoder.encode(reference.conversation(), StandardCharsets.UTF_8)
                .replace("+", "%20")
            + "/activities");
    message.setHeader("Authorization", "Bearer " + token);
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(reference.address(reply.get()).toString());
  }

  /** Reads the answer: its id is kept, a failure tells the lane how to go on. */
  public void answer(Exchange exchange) throws IOException {
    Message message = exchange.getMessage();
    Integer status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
    String bot = exchange.getVariable("bot", String.class);
    int code = status == null ? 0 : status;
    if (code >= 200 && code < 300) {
      String id = id(message.getBody(String.class));
      message.removeHeaders("*");
      if (id != null) {
        exchange.setVariable("remoteId", id);
      }
      return;
    }
    String who = "Omnichannel answered " + code + " to a reply of bot " + bot;
    switch (code) {
      case 401, 403 -> {
        tokens.get(bot).refused(exchange.getVariable(TOKEN, String.class));
        throw new IOException("BTN-1226 " + who + ": check app-id and app-password");
      }
      case 404, 410 -> throw DeliveryException.gone("BTN-1227 " + who, null);
      case 429, 503 ->
          throw DeliveryException.retryAfter(
              "BTN-1228 " + who, RetryAfter.parse(message.getHeader("Retry-After", String.class)));
      default -> {
        if (code >= 400 && code < 500 && code != 408) {
          throw DeliveryException.permanent("BTN-1229 " + who, null);
        }
        throw new IOException("BTN-1228 " + who);
      }
    }
  }

  private static String id(String body) {
    try {
      return body == null ? null : Trees.JSON.readTree(body).path("id").asText(null);
    } catch (IOException e) {
      return null;
    }
  }
}
