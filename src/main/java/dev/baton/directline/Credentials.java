package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The credential of one conversation: its token, got, refreshed and renewed, or the secret. Used on
 * the conversation's context only.
 */
final class Credentials {
  private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);
  private static final long REFRESH_RETRY = 5_000;

  private final BotConversation conversation;
  private final DirectLineConfiguration configuration;
  private final Transport transport;
  private Future<Void> renewing;
  private long timer = -1;
  private int failures;

  Credentials(BotConversation conversation, DirectLineClient client) {
    this.conversation = conversation;
    this.configuration = client.configuration();
    this.transport = client.transport();
  }

  private String secret() {
    String secret = configuration.getSecret();
    return secret == null || secret.isBlank() ? null : secret;
  }

  /** What authorises the next call; null for a service that wants nothing. */
  String bearer() {
    String token = conversation.session().token();
    return token != null ? token : secret();
  }

  boolean expired() {
    DirectLineSession session = conversation.session();
    return session.token() != null
        && session.tokenExpiresAt() != null
        && !Instant.now().isBefore(session.tokenExpiresAt());
  }

  /** Gets the token under which a new conversation is started. */
  Future<Void> obtain() {
    if (conversation.session().token() != null && !expired()) {
      return Future.succeededFuture();
    }
    if (conversation.client().tokenEndpoint() != null) {
      return conversation
          .client()
          .tokenEndpoint()
          .fetch()
          .compose(entry -> grantBeforeStart(entry.grant(), entry.root()));
    }
    if (secret() == null || !configuration.isGenerateToken()) {
      return Future.succeededFuture();
    }
    return transport
        .send(
            HttpMethod.POST,
            conversation.url("/tokens/generate"),
            secret(),
            Json.buffer(lockedUser()),
            "application/json")
        .compose(
            answer -> {
              if (answer.ok()) {
                return grantBeforeStart(
                    Grant.of(answer.body(), Instant.now()), conversation.session().url());
              }
              int status = answer.status();
              if (status == 404 || status == 405 || status == 501) {
                LOG.debug("The service makes no tokens (HTTP {}): using the secret", status);
                return Future.succeededFuture();
              }
              return Future.failedFuture(answer.failure("Generating a token"));
            });
  }

  /** Only ids with this beginning may be locked into a token. */
  private Map<String, Object> lockedUser() {
    DirectLineSession session = conversation.session();
    if (session.userId() == null || !session.userId().startsWith("dl_")) {
      return Map.of();
    }
    Map<String, Object> user = new HashMap<>();
    user.put("id", session.userId());
    if (session.userName() != null) {
      user.put("name", session.userName());
    }
    return Map.of("user", user);
  }

  /**
   * Kept before the conversation is started: should the answer to the start get lost, the same
   * token leads to the same conversation.
   */
  private Future<Void> grantBeforeStart(Grant grant, String root) {
    conversation.update(
        s ->
            s.withConversation(root, grant.conversationId())
                .withToken(grant.token(), grant.expiresAt()));
    schedule();
    return conversation.save();
  }

  /** Takes over the newest token, if tokens are what this conversation works with. */
  void adopt(Grant grant) {
    if (grant.token() != null && conversation.session().token() != null) {
      conversation.update(s -> s.withToken(grant.token(), grant.expiresAt()));
      failures = 0;
      schedule();
      conversation.saveSoon();
    }
  }

  /** Replaces a credential that was refused. One renewal serves all calls that wait for it. */
  Future<Void> renew() {
    if (renewing == null) {
      renewing = renewal().onComplete(done -> renewing = null);
    }
    return renewing;
  }

  private Future<Void> renewal() {
    DirectLineSession session = conversation.session();
    if (!session.started()) {
      conversation.update(s -> s.withToken(null, null));
      return obtain();
    }
    if (session.token() == null) {
      return Future.failedFuture(
          new DirectLineException("Direct Line refuses the secret", 403, null, null));
    }
    if (secret() != null) {
      return conversation
          .reconnect(secret())
          .recover(
              e ->
                  Future.failedFuture(
                      e instanceof DirectLineException failure && failure.getStatus() == 400
                          ? lost("the secret cannot bring it back", failure)
                          : e))
          .mapEmpty();
    }
    if (expired()) {
      return Future.failedFuture(lost("its token has expired and there is no secret", null));
    }
    return refresh()
        .recover(
            e ->
                Future.failedFuture(
                    e instanceof DirectLineRetryException
                        ? e
                        : lost("its token is refused and there is no secret", e)));
  }

  private static DirectLineConversationLostException lost(String why, Throwable cause) {
    return new DirectLineConversationLostException(
        "The conversation is lost: " + why, 403, "TokenExpired", cause);
  }

  private Future<Void> refresh() {
    return transport
        .send(
            HttpMethod.POST,
            conversation.url("/tokens/refresh"),
            conversation.session().token(),
            null,
            null)
        .compose(
            answer -> {
              if (!answer.ok()) {
                return Future.failedFuture(answer.failure("Refreshing the token"));
              }
              adopt(Grant.of(answer.body(), Instant.now()));
              return Future.succeededFuture();
            });
  }

  /** Plans the refresh at half of the life that is left. */
  void schedule() {
    Instant end = conversation.session().tokenExpiresAt();
    if (end != null && conversation.session().token() != null) {
      plan(Math.max(1, Duration.between(Instant.now(), end).toMillis() / 2));
    }
  }

  private void plan(long delay) {
    stop();
    timer = conversation.timer(delay, this::refreshNow);
  }

  private void refreshNow() {
    timer = -1;
    if (conversation.over() || conversation.session().token() == null) {
      return;
    }
    if (expired()) {
      // The next call that needs the token renews it, or finds that it cannot be renewed.
      return;
    }
    refresh()
        .onFailure(
            e -> {
              failures++;
              LOG.debug("Refreshing a token of {} failed", conversation.session(), e);
              if (e instanceof DirectLineConversationLostException) {
                if (secret() != null) {
                  renew().onFailure(conversation::failed);
                } else if (((DirectLineException) e).getStatus() == 404) {
                  conversation.failed(e);
                }
              } else {
                plan(Delays.growing(REFRESH_RETRY, 60_000, failures));
              }
            });
  }

  void stop() {
    conversation.cancel(timer);
    timer = -1;
  }
}
