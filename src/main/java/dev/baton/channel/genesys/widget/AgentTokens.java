package dev.baton.channel.genesys.widget;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.channel.genesys.widget.WidgetLinks.Link;
import dev.baton.channel.genesys.widget.WidgetProblem.Kind;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * Lets an agent in by the token of their own Genesys login. The platform says who they are and
 * whether they take part in the conversation; which handoff that is says the signed link among the
 * participants' data.
 */
final class AgentTokens implements AutoCloseable {
  private static final long TIMEOUT_MILLIS = 5_000;
  private static final int MAX_UNDER_WAY = 32;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9-]{1,64}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final AtomicInteger underWay = new AtomicInteger();
  private final HttpClient client;
  private final WidgetLinks links;

  AgentTokens(Vertx vertx, WidgetLinks links) {
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setConnectTimeout((int) TIMEOUT_MILLIS));
    this.links = links;
  }

  /**
   * The handoff that an agent may see. Fails with a {@link WidgetProblem}.
   *
   * @param token the agent's access token
   * @param conversation Genesys's id of the interaction
   */
  Future<String> handoff(WidgetSettings widget, String token, String conversation) {
    if (widget.apiUrl() == null) {
      return failed(
          Kind.TOKEN_REFUSED,
          "This widget opens by the link of the handoff only; widget.api-url is not set.");
    }
    if (token.isEmpty() || conversation == null || !ID.matcher(conversation).matches()) {
      return failed(
          Kind.BAD_REQUEST, "Send the agent's bearer token and {\"conversationId\":\"…\"}.");
    }
    // Anybody may come with a token: what is asked of the platform for them has a limit.
    if (underWay.incrementAndGet() > MAX_UNDER_WAY) {
      underWay.decrementAndGet();
      return failed(Kind.TOO_MANY, "Many agents are signing in. Try again in a moment.");
    }
    return ask(widget, token, conversation).onComplete(done -> underWay.decrementAndGet());
  }

  private Future<String> ask(WidgetSettings widget, String token, String conversation) {
    return get(widget.apiUrl(), "/api/v2/users/me", token)
        .map(me -> me.path("id").asText())
        .compose(
            user ->
                get(widget.apiUrl(), "/api/v2/conversations/" + conversation, token)
                    .map(found -> handoffOf(widget, user, found)));
  }

  private String handoffOf(WidgetSettings widget, String user, JsonNode conversation) {
    boolean takesPart = false;
    String link = null;
    for (JsonNode participant : conversation.path("participants")) {
      takesPart |= !user.isEmpty() && user.equals(participant.path("userId").asText());
      JsonNode attribute = participant.path("attributes").path(widget.attribute());
      link = attribute.isTextual() ? attribute.asText() : link;
    }
    if (!takesPart) {
      throw new WidgetProblem(
          Kind.NOT_THE_AGENT, "Only an agent of this interaction sees it. Accept it first.");
    }
    if (link == null) {
      throw new WidgetProblem(
          Kind.NOT_HERE,
          "The interaction carries no participant data '" + widget.attribute() + "'.");
    }
    Link signed = parse(link);
    // The agent's right is proved anew, so that an old link does as a name of the handoff.
    links.verifySignature(widget, signed);
    return signed.handoff();
  }

  private static Link parse(String link) {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : link.substring(link.indexOf('?') + 1).split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        parameters.put(pair.substring(0, equals), decoded(pair.substring(equals + 1)));
      }
    }
    return Link.of(
        parameters.get(WidgetLinks.HANDOFF),
        parameters.get(WidgetLinks.EXPIRES),
        parameters.get(WidgetLinks.SIGNATURE));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      // Then no signature fits it, which is what the caller is told.
      return text;
    }
  }

  private Future<JsonNode> get(URI api, String path, String token) {
    RequestOptions request =
        new RequestOptions()
            .setMethod(HttpMethod.GET)
            .setAbsoluteURI(api + path)
            .setTimeout(TIMEOUT_MILLIS)
            .putHeader("Authorization", "Bearer " + token);
    return client
        .request(request)
        .compose(
            call ->
                call.send()
                    .compose(
                        response ->
                            response
                                .body()
                                .map(body -> read(response.statusCode(), body.getBytes())))
                    .timeout(TIMEOUT_MILLIS, TimeUnit.MILLISECONDS))
        .recover(
            failure ->
                failure instanceof WidgetProblem
                    ? Future.failedFuture(failure)
                    : failed(
                        Kind.GENESYS_FAILED,
                        "Genesys Cloud could not be asked. Try again in a moment."));
  }

  private static JsonNode read(int status, byte[] body) {
    return switch (status) {
      case 200 -> json(body);
      case 400, 401 ->
          throw new WidgetProblem(
              Kind.TOKEN_REFUSED, "Genesys Cloud does not accept the token. Sign in again.");
      case 403, 404 ->
          throw new WidgetProblem(
              Kind.NOT_THE_AGENT, "Genesys Cloud does not show this interaction to this agent.");
      default ->
          throw new WidgetProblem(
              Kind.GENESYS_FAILED, "Genesys Cloud answered " + status + ". Try again in a moment.");
    };
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(new String(body, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new WidgetProblem(Kind.GENESYS_FAILED, "Genesys Cloud's answer cannot be read.");
    }
  }

  private static <T> Future<T> failed(Kind kind, String detail) {
    return Future.failedFuture(new WidgetProblem(kind, detail));
  }

  @Override
  public void close() {
    client.close();
  }
}
