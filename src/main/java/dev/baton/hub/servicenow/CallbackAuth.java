package dev.baton.hub.servicenow;

import dev.baton.hub.HubProblem;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether a callback really comes from ServiceNow: by HTTP Basic, or by a secret in a header. Each
 * may have several values while one is being changed. Compared in constant time; who is refused is
 * not told why.
 */
final class CallbackAuth {
  private static final Logger LOG = LoggerFactory.getLogger(CallbackAuth.class);
  private static final int MAX_BODY = 1024 * 1024;

  private final Set<String> withoutAgent = ConcurrentHashMap.newKeySet();

  /**
   * Checks credentials and size.
   *
   * @throws HubProblem when the call is refused
   */
  void verify(Exchange exchange, ServiceNowConfig config) {
    if (!isSet(config)) {
      LOG.error(
          "BTN-2340 Hub {} called back, but neither callback-user and callback-password nor"
              + " callback-secret is set: refused",
          config.hub());
      throw refused();
    }
    if (!fits(exchange.getMessage(), config)) {
      LOG.warn(
          "BTN-2340 Callback of hub {} refused: credentials missing or wrong; compare"
              + " callback-user, callback-password and callback-secret with the REST message's",
          config.hub());
      throw refused();
    }
    byte[] body = exchange.getMessage().getBody(byte[].class);
    if (body != null && body.length > MAX_BODY) {
      throw new HubProblem(413, "BTN-2004", "Body too large", "A callback may hold 1 MiB.");
    }
    if (exchange.getMessage().getHeader("User-Agent") == null && withoutAgent.add(config.hub())) {
      LOG.info(
          "BTN-2326 Hub {} calls back without User-Agent: a proxy in front of Baton may refuse"
              + " that; add the header to the REST message",
          config.hub());
    }
    exchange.getMessage().setBody(body == null ? new byte[0] : body);
  }

  static HubProblem refused() {
    return new HubProblem(401, "BTN-2340", "Not authorized", "Credentials missing or wrong.");
  }

  private static boolean isSet(ServiceNowConfig config) {
    return !config.list("callback-password").isEmpty() || !config.list("callback-secret").isEmpty();
  }

  boolean fits(Message message, ServiceNowConfig config) {
    boolean basic = basic(message.getHeader("Authorization", String.class), config);
    String header = config.text("callback-header", "x-api-key");
    boolean secret =
        among(config.list("callback-secret"), message.getHeader(header, "", String.class));
    return basic || secret;
  }

  private static boolean basic(String header, ServiceNowConfig config) {
    String given = "";
    if (header != null && header.regionMatches(true, 0, "Basic ", 0, 6)) {
      try {
        byte[] decoded = Base64.getDecoder().decode(header.substring(6).strip());
        given = new String(decoded, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        given = "";
      }
    }
    String user = config.text("callback-user");
    return among(
        config.list("callback-password").stream().map(password -> user + ":" + password).toList(),
        given);
  }

  private static boolean among(List<String> accepted, String given) {
    byte[] bytes = given.getBytes(StandardCharsets.UTF_8);
    boolean fits = false;
    for (String one : accepted) {
      fits |= MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), bytes);
    }
    return fits;
  }
}
