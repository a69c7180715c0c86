package dev.baton.simulator.copilot;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Copilot Studio's own way in: a token without a secret, and where that environment's Direct Line
 * is.
 */
final class TokenEndpoint {
  private final HttpClient client;
  private final int port;
  private final CopilotOptions options;

  /**
   * @param port where the Direct Line service listens on loopback
   */
  TokenEndpoint(Vertx vertx, int port, CopilotOptions options) {
    this.client = vertx.createHttpClient();
    this.port = port;
    this.options = options;
  }

  void mount(Router router) {
    router.get("/powervirtualagents/botsbyschema/:bot/directline/token").handler(this::token);
    router.get("/powervirtualagents/regionalchannelsettings").handler(TokenEndpoint::settings);
  }

  private void token(RoutingContext context) {
    if (!context.pathParam("bot").equals(options.bot())) {
      context.response().setStatusCode(404).end();
      return;
    }
    client
        .request(HttpMethod.POST, port, "127.0.0.1", "/v3/directline/tokens/generate")
        .compose(
            request ->
                request
                    .putHeader(HttpHeaders.AUTHORIZATION, "Bearer " + options.secret())
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .send(Buffer.buffer("{}")))
        .compose(answer -> answer.body().map(body -> new Object[] {answer.statusCode(), body}))
        .onSuccess(
            answer ->
                json(context.response().setStatusCode((int) answer[0])).end((Buffer) answer[1]))
        .onFailure(failure -> context.response().setStatusCode(500).end());
  }

  private static void settings(RoutingContext context) {
    String root = context.request().scheme() + "://" + context.request().authority() + "/";
    var body = JsonNodeFactory.instance.objectNode();
    body.putObject("channelUrlsById").put("directline", root);
    json(context.response()).end(body.toString());
  }

  private static HttpServerResponse json(HttpServerResponse response) {
    return response
        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json; charset=utf-8")
        // Pages of any site fetch a token from the real endpoint.
        .putHeader(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
  }

  void close() {
    client.close();
  }
}
