package dev.baton.hub.genesys;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.baton.hub.http.RetryAfter;
import dev.baton.journal.DeliveryException;
import dev.baton.pacing.RequestPacer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.ProducerTemplate;

/**
 * Bean {@code genesysCalls}: what every call of the platform API shares. The route {@code
 * hub-<name>-call} gets variables {@code genesysMethod}, {@code genesysPath} and {@code
 * genesysQuery}, and the JSON as body; it leaves the answer as {@link JsonNode} and its status in
 * {@code genesysStatus}.
 */
public final class GenesysCalls {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final GenesysHubs hubs;
  private final ProducerTemplate template;
  private final GenesysMetrics metrics;

  GenesysCalls(GenesysHubs hubs, ProducerTemplate template, GenesysMetrics metrics) {
    this.hubs = hubs;
    this.template = template;
    this.metrics = metrics;
  }

  /**
   * Takes a place among the requests of a minute. Variable {@code genesysWho} names who asks, by
   * default the conversation; {@code genesysSpare} marks what may be left out.
   *
   * @throws DeliveryException with the time to wait when it may not go now
   */
  public void pace(Exchange exchange, String hub) {
    RequestPacer pacer = hubs.get(hub).account().pacer();
    if (exchange.getVariable("genesysSpare") != null) {
      if (!pacer.spare()) {
        throw DeliveryException.notYet(PAUSE);
      }
      return;
    }
    String who = exchange.getVariable("genesysWho", String.class);
    if (who == null) {
      who = String.valueOf(exchange.getVariable("hubConversationId"));
    }
    Duration wait = pacer.ask(who);
    if (!wait.isZero()) {
      metrics.held(hub);
      throw DeliveryException.notYet(wait);
    }
  }

  /**
   * An answer of the platform.
   *
   * @param status 2xx, 404, 409 or 410
   */
  record Answer(int status, JsonNode body) {
    boolean isGone() {
      return status == 404 || status == 410;
    }
  }

  /**
   * Calls the platform from outside a route; blocks.
   *
   * @param who for whom, or null for what may be left out when there is much to do
   * @throws DeliveryException see {@link #answer}
   * @throws UncheckedIOException when trying again may help
   */
  Answer call(String hub, String method, String path, Object body, String who) {
    Exchange done =
        template.request(
            "direct:hub-" + hub + "-call",
            exchange -> {
              exchange.setVariable("genesysMethod", method);
              exchange.setVariable("genesysPath", path);
              exchange.setVariable(
                  who == null ? "genesysSpare" : "genesysWho", who == null ? true : who);
              exchange.getMessage().setBody(body);
            });
    rethrow(done.getException());
    return new Answer(
        done.getVariable("genesysStatus", Integer.class),
        done.getMessage().getBody(JsonNode.class));
  }

  /** Takes the customer out of a conversation; blocks. Failures as those of {@link #call}. */
  void disconnect(String hub, String conversation, String who) {
    Exchange done =
        template.request(
            "direct:hub-" + hub + "-disconnect",
            exchange -> {
              exchange.setVariable("hubConversationId", who);
              exchange.setVariable("genesysConversation", conversation);
              exchange.setVariable("genesysSilent", true);
            });
    rethrow(done.getException());
  }

  private static void rethrow(Exception failure) {
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    if (failure != null) {
      throw new UncheckedIOException(failure.getMessage(), new IOException(failure));
    }
  }

  /** Sets the HTTP request from the variables and the body; the token is fetched when needed. */
  public void request(Exchange exchange, String hub) throws JsonProcessingException {
    Message message = exchange.getMessage();
    Object body = message.getBody();
    if (exchange.getVariable("genesysJson") == null) {
      exchange.setVariable(
          "genesysJson", body == null ? new byte[0] : JSON.writeValueAsBytes(body));
    }
    GenesysSettings settings = hubs.get(hub).settings();
    message.removeHeaders("*");
    message.setHeader(
        Exchange.HTTP_URI, settings.api() + exchange.getVariable("genesysPath", String.class));
    message.setHeader(Exchange.HTTP_METHOD, exchange.getVariable("genesysMethod"));
    String query = exchange.getVariable("genesysQuery", String.class);
    if (query != null) {
      message.setHeader(Exchange.HTTP_QUERY, query);
    }
    message.setHeader("Accept", "application/json");
    String token = token(hub);
    exchange.setVariable("genesysToken", token);
    message.setHeader("Authorization", "Bearer " + token);
    byte[] json = exchange.getVariable("genesysJson", byte[].class);
    if (json.length == 0) {
      message.setBody(null);
    } else {
      message.setHeader(Exchange.CONTENT_TYPE, "application/json");
      message.setBody(json);
    }
  }

  /** The platform refused the token: the next {@link #request} brings a fresh one. */
  public void refused(Exchange exchange, String hub) {
    hubs.get(hub).account().refused(exchange.getVariable("genesysToken", String.class));
  }

  /** A token for the hub, from the account or by the route {@code hub-<name>-login}. */
  String token(String hub) {
    return hubs.get(hub).account().token(() -> login(hub));
  }

  private GenesysAccount.Token login(String hub) {
    Exchange done = template.request("direct:hub-" + hub + "-login", exchange -> {});
    Exception failure = done.getException();
    if (failure instanceof DeliveryException e) {
      throw e;
    }
    if (failure != null) {
      throw new UncheckedIOException(
          "BTN-2401 Hub " + hub + ": no token: " + failure.getMessage(), new IOException(failure));
    }
    metrics.login(hub);
    return done.getMessage().getBody(GenesysAccount.Token.class);
  }

  /** The request of the client credentials grant. */
  public void loginRequest(Exchange exchange, String hub) {
    GenesysSettings settings = hubs.get(hub).settings();
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    String client = settings.clientId() + ":" + settings.clientSecret();
    message.setHeader(Exchange.HTTP_URI, settings.login() + "/oauth/token");
    message.setHeader(Exchange.HTTP_METHOD, "POST");
    message.setHeader(
        "Authorization",
        "Basic " + Base64.getEncoder().encodeToString(client.getBytes(StandardCharsets.UTF_8)));
    message.setHeader(Exchange.CONTENT_TYPE, "application/x-www-form-urlencoded");
    message.setHeader("Accept", "application/json");
    message.setBody("grant_type=client_credentials");
  }

  /** Reads the answer of the login service into a {@link GenesysAccount.Token}. */
  public void loginAnswer(Exchange exchange, String hub) throws IOException {
    Message message = exchange.getMessage();
    int status = status(message);
    JsonNode answer = read(message);
    message.removeHeaders("*");
    if (status == 429 || status == 503) {
      throw DeliveryException.retryAfter(
          "BTN-2401 Hub " + hub + ": the login service answered " + status, PAUSE);
    }
    String token = answer.path("access_token").asText("");
    if (status != 200 || token.isEmpty()) {
      throw new IOException(
          "the login service answered "
              + status
              + "; check region, client-id and client-secret of baton.hubs."
              + hub);
    }
    long seconds = Math.max(1, answer.path("expires_in").asLong(300));
    message.setBody(new GenesysAccount.Token(token, Duration.ofSeconds(seconds)));
  }

  /**
   * Reads the answer. 2xx, 404, 409 and 410 are left to the caller.
   *
   * @throws DeliveryException when the platform asks to wait, or will never take it
   * @throws IOException when trying again may help
   */
  public void answer(Exchange exchange, String hub) throws IOException {
    Message message = exchange.getMessage();
    int status = status(message);
    Duration wait = RetryAfter.parse(message.getHeader("Retry-After", String.class));
    JsonNode body = read(message);
    message.removeHeaders("*");
    if (status == 401) {
      refused(exchange, hub);
    }
    exchange.removeVariable("genesysJson");
    exchange.removeVariable("genesysToken");
    exchange.setVariable("genesysStatus", status);
    message.setBody(body);
    metrics.call(hub, status);
    String who = "Hub " + hub + " answered " + status + why(body);
    if (status == 429) {
      hubs.get(hub).account().pacer().close(wait == null ? PAUSE : wait);
      throw DeliveryException.retryAfter("BTN-2405 " + who, wait == null ? PAUSE : wait);
    }
    if (status == 401 || status == 403) {
      // A secret that is being changed, a role that is being corrected: not the message's fault.
      throw new IOException("BTN-2402 " + who + ": check the OAuth client's role");
    }
    if (status >= 500 && wait != null) {
      throw DeliveryException.retryAfter("BTN-2404 " + who, wait);
    }
    if (status >= 500 || status == 408) {
      throw new IOException("BTN-2404 " + who);
    }
    if (status >= 300 && status != 404 && status != 409 && status != 410) {
      throw DeliveryException.permanent("BTN-2403 " + who, null);
    }
  }

  /** The platform's own words: they name what is wrong, and what to quote to its support. */
  private static String why(JsonNode body) {
    String code = body.path("code").asText("");
    String context = body.path("contextId").asText("");
    String message = body.path("message").asText("");
    String text = message.length() > 200 ? message.substring(0, 200) + "…" : message;
    return (code.isEmpty() ? "" : " " + code)
        + (text.isEmpty() ? "" : " (" + text.replaceAll("\\s+", " ") + ")")
        + (context.isEmpty() ? "" : ", contextId " + context);
  }

  private static int status(Message message) {
    return message.getHeader(Exchange.HTTP_RESPONSE_CODE, 0, Integer.class);
  }

  private static JsonNode read(Message message) {
    try {
      byte[] body = message.getBody(byte[].class);
      JsonNode node = body == null || body.length == 0 ? null : JSON.readTree(body);
      return node == null ? MissingNode.getInstance() : node;
    } catch (IOException e) {
      return MissingNode.getInstance();
    }
  }
}
