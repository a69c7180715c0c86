package dev.baton.directline.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;

/** Finds out what the {@code Authorization} header of a request opens. */
final class Credentials {
  private static final String SCHEME = "Bearer ";

  private final DirectLineBackend backend;
  private final DirectLineTokens tokens;

  Credentials(DirectLineBackend backend, DirectLineTokens tokens) {
    this.backend = backend;
    this.tokens = tokens;
  }

  /**
   * @throws DirectLineException 401 without a credential, 403 with a wrong one
   */
  Scope of(HttpServerRequest request) {
    String header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      throw Problem.NO_CREDENTIAL.with(
          "Missing token or secret. Send it as 'Authorization: Bearer …'.");
    }
    String credential = header.substring(SCHEME.length()).strip();
    if (DirectLineTokens.looksLikeToken(credential)) {
      return tokens.verify(credential);
    }
    return backend
        .botOfSecret(credential)
        .map(bot -> new Scope(bot, null, null))
        .orElseThrow(
            () ->
                Problem.BAD_CREDENTIAL.with(
                    "Invalid token or secret. Use a canvas secret of a bot, or a token."));
  }

  /**
   * @throws DirectLineException 403 when the credential is for another conversation
   */
  static void requireFor(Scope scope, String conversation) {
    if (!scope.isSecret() && !scope.conversation().equals(conversation)) {
      throw Problem.FOREIGN_CONVERSATION.with(
          "The token is not valid for this conversation. Use the token of its start.");
    }
  }
}
