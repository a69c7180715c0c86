package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;

/** Reading and posting activities. */
final class ActivityOperations {
  private final DirectLineBackend backend;
  private final IncomingActivities incoming;

  ActivityOperations(DirectLineBackend backend, IncomingActivities incoming) {
    this.backend = backend;
    this.incoming = incoming;
  }

  Future<Void> get(Request request) {
    String conversation = request.conversation();
    long after = Watermark.parse(request.query("watermark"));
    return ConversationOperations.requireExists(backend, scopeOf(request, conversation))
        .compose(v -> backend.read(conversation, after, ActivityPage.COUNT))
        .map(
            activities -> {
              Answers.text(request.ctx(), 200, ActivityPage.of(after, activities).json());
              return null;
            });
  }

  Future<Void> post(Request request) {
    String conversation = request.conversation();
    ObjectNode posted = request.json();
    // A token proves that its conversation belongs to the bot; the backend knows whether it began.
    Future<Void> known =
        request.scope().isSecret()
            ? ConversationOperations.requireExists(backend, scopeOf(request, conversation))
            : Future.succeededFuture();
    return known
        .compose(v -> incoming.accept(request.scope(), conversation, posted))
        .compose(activity -> hand(request, conversation, activity));
  }

  /** Gives an accepted activity to the backend and answers with its id. */
  Future<Void> hand(Request request, String conversation, ObjectNode activity) {
    return backend
        .post(conversation, activity)
        .map(
            id -> {
              // Activities that are not kept get an id too: clients insist on one.
              String answered = id == null ? conversation + "|" + Ids.random() : id;
              Answers.json(request.ctx(), 200, Json.object().put("id", answered));
              return null;
            });
  }

  static Scope scopeOf(Request request, String conversation) {
    return new Scope(request.scope().bot(), conversation, request.scope().user());
  }
}
