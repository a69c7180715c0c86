package dev.baton.directline.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;

/**
 * Reads request bodies within limits of size and time, whether announced by {@code Content-Length}
 * or chunked, and also when a body handler has read them already. Only a multipart body that such a
 * handler has taken apart is lost; {@link DirectLineServer#mount} stands before them.
 */
final class RequestBodies {
  private final Vertx vertx;
  private final Duration idle;
  private final Duration total;

  RequestBodies(Vertx vertx, Duration idle, Duration total) {
    this.vertx = vertx;
    this.idle = idle;
    this.total = total;
  }

  /**
   * The whole body; empty when there is none.
   *
   * @return fails with 413 or 408
   */
  Future<Buffer> read(RoutingContext ctx, int limit) {
    HttpServerRequest request = ctx.request();
    String encoding = request.getHeader(HttpHeaders.CONTENT_ENCODING);
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      return Future.failedFuture(Problem.WRONG_TYPE.with("Send the body without compression."));
    }
    if (request.isEnded()) {
      Buffer body = ctx.body().buffer();
      return body == null
          ? Future.succeededFuture(Buffer.buffer())
          : body.length() > limit
              ? Future.failedFuture(tooLarge(limit))
              : Future.succeededFuture(body);
    }
    if (announced(request) > limit) {
      return Future.failedFuture(tooLarge(limit));
    }
    if ("100-continue".equalsIgnoreCase(request.getHeader(HttpHeaders.EXPECT))) {
      ctx.response().writeContinue();
    }
    return new Reading(request, limit).promise.future();
  }

  /**
   * After an answer given before the request's end: lets the client finish sending, so that it gets
   * to read the answer, but not for ever.
   */
  void finish(RoutingContext ctx) {
    HttpServerRequest request = ctx.request();
    if (request.isEnded()) {
      return;
    }
    long timer = vertx.setTimer(idle.toMillis(), t -> request.connection().close());
    request.handler(chunk -> {});
    request.exceptionHandler(e -> vertx.cancelTimer(timer));
    request.endHandler(v -> vertx.cancelTimer(timer));
    request.resume();
  }

  private static long announced(HttpServerRequest request) {
    String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length.strip());
    } catch (NumberFormatException e) {
      return Long.MAX_VALUE;
    }
  }

  private static DirectLineException tooLarge(int limit) {
    return Problem.TOO_LARGE.with("The body is larger than " + limit + " bytes. Send less.");
  }

  private final class Reading {
    final Promise<Buffer> promise = Promise.promise();
    private final Buffer body = Buffer.buffer();
    private final long deadline;
    private long pause;

    Reading(HttpServerRequest request, int limit) {
      deadline = vertx.setTimer(total.toMillis(), t -> tooSlow());
      pause = vertx.setTimer(idle.toMillis(), t -> tooSlow());
      request.handler(
          chunk -> {
            if (promise.future().isComplete()) {
              return;
            }
            vertx.cancelTimer(pause);
            pause = vertx.setTimer(idle.toMillis(), t -> tooSlow());
            if (body.length() + chunk.length() > limit) {
              done(Future.failedFuture(tooLarge(limit)));
            } else {
              body.appendBuffer(chunk);
            }
          });
      request.exceptionHandler(e -> done(Future.failedFuture(e)));
      request.endHandler(v -> done(Future.succeededFuture(body)));
      request.resume();
    }

    private void tooSlow() {
      done(
          Future.failedFuture(
              Problem.BODY_TOO_SLOW.with("The body did not arrive in time. Send it at once.")));
    }

    private void done(Future<Buffer> result) {
      vertx.cancelTimer(deadline);
      vertx.cancelTimer(pause);
      if (result.succeeded()) {
        promise.tryComplete(result.result());
      } else {
        promise.tryFail(result.cause());
      }
    }
  }
}
