package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.SafeText;
import io.vertx.core.Future;
import java.time.Clock;

/** Tokens, start and reconnect. */
final class ConversationOperations {
  private final DirectLineBackend backend;
  private final DirectLineTokens tokens;
  private final DirectLineServerConfig config;
  private final PublicUrls urls;
  private final PageTokenLimit pageTokens;

  ConversationOperations(
      DirectLineBackend backend,
      DirectLineTokens tokens,
      DirectLineServerConfig config,
      Clock clock) {
    this.backend = backend;
    this.tokens = tokens;
    this.config = config;
    this.urls = new PublicUrls(config);
    this.pageTokens = new PageTokenLimit(config.pageTokensPerMinute, clock);
  }

  Future<Void> generateToken(Request request) {
    if (!request.scope().isSecret()) {
      throw Problem.SECRET_NEEDED.with("Only a secret generates tokens. Refresh this one instead.");
    }
    String user = Users.idIn(request.optionalJson());
    answer(request, 200, new Scope(request.scope().bot(), Ids.random(), user), null);
    return Future.succeededFuture();
  }

  Future<Void> refreshToken(Request request) {
    if (request.scope().isSecret()) {
      throw Problem.TOKEN_NEEDED.with("A secret never expires. Only tokens are refreshed.");
    }
    answer(request, 200, request.scope(), null);
    return Future.succeededFuture();
  }

  /** A token for a page without a back end; the page's origin is its credential. */
  Future<Void> tokenForPage(Request request) {
    String bot = request.ctx().pathParam("bot");
    String origin = Cors.pageOrigin(request.http(), urls.origin(request.http()));
    if (origin == null || !config.origins.allows(bot, origin)) {
      throw Problem.ORIGIN_REFUSED.with(
          "This bot gives no tokens to this origin. Add it to the bot's allowed-origins.");
    }
    long wait = pageTokens.take(request.http().remoteAddress().hostAddress());
    if (wait > 0) {
      request.ctx().response().putHeader("Retry-After", Long.toString(wait));
      throw Problem.TOO_MANY.with(
          "Too many tokens were fetched from this address. Try again in " + wait + " s.");
    }
    Scope scope = new Scope(bot, Ids.random(), Users.LOCKED + Ids.random());
    ObjectNode body = conversation(scope);
    body.put("userId", scope.user());
    Answers.json(request.ctx(), 200, body);
    return Future.succeededFuture();
  }

  Future<Void> start(Request request) {
    ObjectNode parameters = request.optionalJson();
    Scope caller = request.scope();
    String user = Users.actingAs(caller, Users.idIn(parameters));
    Scope scope = caller.isSecret() ? new Scope(caller.bot(), Ids.random(), user) : caller;
    return backend
        .start(
            scope.conversation(),
            scope.bot(),
            user == null ? "anonymous-" + Ids.random() : user,
            Users.nameIn(parameters),
            locale(parameters))
        .map(
            created -> {
              answer(request, created ? 201 : 200, scope, Watermark.START);
              return null;
            });
  }

  Future<Void> reconnect(Request request) {
    String conversation = request.conversation();
    long after = Watermark.parse(request.query("watermark"));
    Scope scope = new Scope(request.scope().bot(), conversation, request.scope().user());
    return requireExists(backend, scope)
        .map(
            v -> {
              answer(request, 200, scope, after);
              return null;
            });
  }

  static Future<Void> requireExists(DirectLineBackend backend, Scope scope) {
    return backend
        .exists(scope.conversation(), scope.bot())
        .compose(
            exists ->
                exists
                    ? Future.succeededFuture()
                    : Future.failedFuture(
                        Problem.UNKNOWN_CONVERSATION.with(
                            "Unknown conversation. It was never started or is long over:"
                                + " start a new one.")));
  }

  /**
   * @param streamAfter watermark for the {@code streamUrl}; null leaves it out
   */
  private void answer(Request request, int status, Scope scope, Long streamAfter) {
    ObjectNode body = conversation(scope);
    if (streamAfter != null) {
      String pass = tokens.issueForStream(scope, config.streamUrlLife);
      body.put(
          "streamUrl", urls.streamUrl(request.http(), scope.conversation(), streamAfter, pass));
    }
    Answers.json(request.ctx(), status, body);
  }

  private ObjectNode conversation(Scope scope) {
    return Json.object()
        .put("conversationId", scope.conversation())
        .put("token", tokens.issue(scope, config.tokenLife))
        .put("expires_in", (int) config.tokenLife.toSeconds());
  }

  /** A BCP 47 tag; anything else is as good as none. */
  private static String locale(ObjectNode parameters) {
    String locale = SafeText.clean(Json.text(parameters, "locale"));
    return locale != null && locale.matches("[A-Za-z0-9]{1,8}([-_][A-Za-z0-9]{1,8}){0,8}")
        ? locale.replace('_', '-')
        : null;
  }
}
