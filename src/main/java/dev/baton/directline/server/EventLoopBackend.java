package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;

/** Backends complete on threads of their own; this one completes on the caller's event loop. */
record EventLoopBackend(Vertx vertx, DirectLineBackend backend) implements DirectLineBackend {

  @Override
  public Optional<String> botOfSecret(String secret) {
    return backend.botOfSecret(secret);
  }

  @Override
  public Future<Boolean> start(
      String conversation, String bot, String userId, String userName, String locale) {
    return here(backend.start(conversation, bot, userId, userName, locale));
  }

  @Override
  public Future<Boolean> exists(String conversation, String bot) {
    return here(backend.exists(conversation, bot));
  }

  @Override
  public Future<String> post(String conversation, ObjectNode activity) {
    return here(backend.post(conversation, activity));
  }

  @Override
  public Future<List<ObjectNode>> read(String conversation, long after, int limit) {
    return here(backend.read(conversation, after, limit));
  }

  @Override
  public AutoCloseable listen(String conversation, Listener listener) {
    return backend.listen(conversation, listener);
  }

  private <T> Future<T> here(Future<T> future) {
    Context context = vertx.getOrCreateContext();
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> context.runOnContext(v -> promise.handle(result)));
    return promise.future();
  }
}
