package dev.baton.channel.omnichannel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.OutboundUrls;
import dev.baton.tokens.BearerVerifier;
import dev.baton.tokens.KeysUnavailableException;
import dev.baton.tokens.TokenRefusedException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bean {@code omnichannelEntrance}: the messaging endpoint that the Bot Connector calls. Source:
 * Microsoft, "Authentication with the Bot Connector API".
 */
public final class OmnichannelEntrance {
  private static final Logger LOG = LoggerFactory.getLogger(OmnichannelEntrance.class);
  private static final int LARGEST = 256 * 1024;

  private final Map<String, OmnichannelBot> bots;
  private final Map<String, BearerVerifier> verifiers;
  private final OutboundUrls urls;

  OmnichannelEntrance(
      Map<String, OmnichannelBot> bots, Map<String, BearerVerifier> verifiers, OutboundUrls urls) {
    this.bots = Map.copyOf(bots);
    this.verifiers = new HashMap<>(verifiers);
    this.urls = urls;
  }

  /**
   * Verifies the caller and leaves the activity as the body, a JSON tree.
   *
   * @throws OmnichannelProblem when the call is refused
   */
  public void read(Exchange exchange, String bot) throws IOException {
    Message message = exchange.getMessage();
    byte[] body = message.getBody(byte[].class);
    Map<String, Object> claims = verified(bot, message.getHeader("Authorization", String.class));
    if (body == null || body.length == 0 || body.length > LARGEST) {
      throw new OmnichannelProblem(
          body != null && body.length > LARGEST ? 413 : 400,
          "BTN-1222",
          "No activity",
          "Send one activity as JSON, at most 256 KiB.");
    }
    JsonNode activity = parse(body);
    checkService(bots.get(bot), activity, claims);
    message.setBody(activity);
  }

  private Map<String, Object> verified(String bot, String authorization) {
    try {
      return verifiers.get(bot).verify(authorization);
    } catch (TokenRefusedException e) {
      LOG.warn("BTN-1220 Call of Omnichannel for bot {} refused: {}", bot, e.getMessage());
      throw new OmnichannelProblem(
          401,
          "BTN-1220",
          "Token refused",
          "The bearer token must be one of the Bot Connector for this application: "
              + e.getMessage()
              + ".");
    } catch (KeysUnavailableException e) {
      LOG.warn("BTN-1221 Tokens cannot be verified: {}", e.getMessage());
      throw new OmnichannelProblem(
          503, "BTN-1221", "Token cannot be verified now", "Send it again.");
    }
  }

  private static JsonNode parse(byte[] body) {
    try {
      JsonNode activity = Trees.JSON.readTree(new String(body, StandardCharsets.UTF_8));
      if (activity instanceof ObjectNode
          && activity.at("/conversation/id").asText("").length() > 0) {
        return activity;
      }
    } catch (IOException e) {
      LOG.debug("No JSON from Omnichannel", e);
    }
    throw new OmnichannelProblem(
        400, "BTN-1222", "No activity", "The body must be an activity with conversation.id.");
  }

  /** Replies carry our token: they go nowhere but where the verified caller says it lives. */
  private void checkService(OmnichannelBot bot, JsonNode activity, Map<String, Object> claims) {
    String url = activity.path("serviceUrl").asText("");
    Object claimed = claims.getOrDefault("serviceurl", claims.get("serviceUrl"));
    if (claimed == null || !strip(claimed.toString()).equalsIgnoreCase(strip(url))) {
      throw refusedService("it is not the one that the token names");
    }
    URI uri;
    try {
      uri = URI.create(url);
    } catch (IllegalArgumentException e) {
      throw refusedService("it is no URL");
    }
    boolean known = bot.serves(uri);
    if (!known || !urls.check(url).isAllowed()) {
      throw refusedService(
          known
              ? "it points into a private network"
              : "its host is not in service-hosts of this front end");
    }
  }

  private static OmnichannelProblem refusedService(String why) {
    LOG.warn("BTN-1223 Call of Omnichannel refused, serviceUrl: {}", why);
    return new OmnichannelProblem(
        403,
        "BTN-1223",
        "Service URL refused",
        "The activity's serviceUrl is refused: " + why + ".");
  }

  private static String strip(String url) {
    return url.replaceAll("/+$", "");
  }

  /** Answers a refused call with problem JSON (RFC 9457); anything else counts as a failure. */
  public void problem(Exchange exchange) {
    Exception failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    OmnichannelProblem problem =
        failure instanceof OmnichannelProblem known
            ? known
            : new OmnichannelProblem(503, "BTN-1224", "It cannot be stored now", "Send it again.");
    if (problem != failure) {
      LOG.warn("BTN-1224 An activity of Omnichannel was not stored", failure);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", "about:blank");
    body.put("title", problem.title());
    body.put("status", problem.status());
    body.put("code", problem.code());
    body.put("detail", problem.getMessage());
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
    message.setHeader(Exchange.CONTENT_TYPE, "application/problem+json");
    message.setBody(Trees.tree(body).toString());
  }
}
