package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Starts a conversation in steps that are each repeatable, so that a start that failed half-way
 * goes on where it was.
 */
final class Starter {
  private final BotConversation conversation;
  private final DirectLineConfiguration configuration;
  private final DirectLineClient client;
  private volatile Future<Void> starting;

  Starter(BotConversation conversation, DirectLineClient client) {
    this.conversation = conversation;
    this.configuration = client.configuration();
    this.client = client;
  }

  /**
   * Everything that belongs to a start and has not been done yet.
   *
   * @param context values for the bot, or null
   */
  Future<Void> start(Map<String, Object> context) {
    if (starting == null) {
      // An earlier attempt, perhaps before a restart, may have sent the events already.
      boolean repeated = conversation.session().started();
      starting = steps(context, repeated).onFailure(e -> starting = null);
    }
    return starting;
  }

  /** Whether a start has begun and not failed. */
  boolean begun() {
    return starting != null;
  }

  private Future<Void> steps(Map<String, Object> context, boolean repeated) {
    if (conversation.session().started() && conversation.session().greeted()) {
      return Future.succeededFuture();
    }
    if (conversation.session().started()) {
      conversation.receiver().resume();
    }
    Future<Void> opened =
        conversation.session().started()
            ? Future.succeededFuture()
            : conversation.credentials().obtain().compose(v -> open());
    return opened.compose(v -> greet(context, repeated)).onFailure(conversation::failed);
  }

  private Future<Void> open() {
    return conversation
        .call(
            HttpMethod.POST,
            conversation.url("/conversations"),
            Json.buffer(parameters()),
            "application/json")
        .recover(Starter::unanswered)
        .compose(
            answer -> {
              if (answer.ok()) {
                return opened(Grant.of(answer.body(), Instant.now()));
              }
              if (answer.status() == 409 && conversation.session().conversationId() != null) {
                return conversation.reconnect().compose(this::opened);
              }
              return Future.failedFuture(refused(answer));
            });
  }

  /** No answer to a start harms nothing: the same token leads to the same conversation. */
  private static Future<Answer> unanswered(Throwable e) {
    return Future.failedFuture(
        e instanceof DirectLineException
            ? e
            : new DirectLineRetryException(
                "Starting the conversation: no answer (" + e.getMessage() + ")", 0, null, null, e));
  }

  private static DirectLineException refused(Answer answer) {
    DirectLineException failure = answer.failure("Starting the conversation");
    return failure instanceof DirectLineConversationLostException
        ? new DirectLineException(
            failure.getMessage() + ". Are url and apiPath right?",
            failure.getStatus(),
            failure.getCode(),
            failure)
        : failure;
  }

  private Map<String, Object> parameters() {
    Map<String, Object> user = new LinkedHashMap<>();
    DirectLineSession session = conversation.session();
    if (session.userId() != null) {
      user.put("id", session.userId());
    }
    if (session.userName() != null) {
      user.put("name", session.userName());
    }
    Map<String, Object> parameters = new LinkedHashMap<>();
    parameters.put("user", user);
    if (session.locale() != null) {
      parameters.put("locale", session.locale());
    }
    return parameters;
  }

  private Future<Void> opened(Grant grant) {
    String id =
        grant.conversationId() != null
            ? grant.conversationId()
            : conversation.session().conversationId();
    if (id == null) {
      return Future.failedFuture(
          new DirectLineException("Direct Line started a conversation without an id", null));
    }
    conversation.update(s -> s.withConversation(s.url(), id).withProgress(true, false));
    conversation.credentials().adopt(grant);
    // What is not stored would be lost by a crash, so the caller waits for it.
    return conversation.save().onSuccess(v -> conversation.receiver().begin(grant.streamUrl()));
  }

  private Future<Void> greet(Map<String, Object> context, boolean repeated) {
    Future<Void> contextSent =
        context == null || context.isEmpty() || !configuration.isSendContext()
            ? Future.succeededFuture()
            : event(configuration.getContextEvent(), context, "context", repeated);
    return contextSent
        .compose(
            v ->
                configuration.getStartEvent() == null || configuration.getStartEvent().isBlank()
                    ? Future.succeededFuture()
                    : event(configuration.getStartEvent(), null, "start", repeated))
        .compose(
            v -> {
              conversation.update(s -> s.withProgress(true, true));
              return conversation.save();
            });
  }

  private Future<Void> event(String name, Object value, String what, boolean repeated) {
    Map<String, Object> event = new LinkedHashMap<>();
    event.put("type", "event");
    event.put("name", name);
    if (value != null) {
      event.put("value", value);
    }
    if (conversation.session().locale() != null) {
      event.put("locale", conversation.session().locale());
    }
    return conversation
        .poster()
        .post(event, client.bot() + ":" + conversation.session().key() + ":" + what, repeated)
        .mapEmpty();
  }
}
