package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Receives by GET, one request at a time. Used on the conversation's context only. */
final class Poller {
  private static final Logger LOG = LoggerFactory.getLogger(Poller.class);

  private final BotConversation conversation;
  private final DirectLineConfiguration configuration;
  private final Pace pace;
  private boolean running;
  private boolean waitsForRoom;
  private long timer = -1;
  private int failures;
  private Future<Integer> asking;

  Poller(BotConversation conversation, DirectLineConfiguration configuration) {
    this.conversation = conversation;
    this.configuration = configuration;
    this.pace = new Pace(configuration, System.currentTimeMillis());
  }

  void start() {
    if (!running) {
      running = true;
      failures = 0;
      pace.heard(System.currentTimeMillis());
      poll();
    }
  }

  void stop() {
    running = false;
    waitsForRoom = false;
    conversation.cancel(timer);
    timer = -1;
  }

  /** Something was posted: answers are due soon. */
  void posted() {
    pace.posted(System.currentTimeMillis());
    if (running && asking == null && failures == 0) {
      plan(pace.next(System.currentTimeMillis()));
    }
  }

  void resume() {
    if (running && waitsForRoom) {
      waitsForRoom = false;
      poll();
    }
  }

  private void plan(long delay) {
    conversation.cancel(timer);
    timer =
        conversation.timer(
            delay,
            () -> {
              timer = -1;
              poll();
            });
  }

  private void poll() {
    if (!running) {
      return;
    }
    if (conversation.inbox().full()) {
      waitsForRoom = true;
      return;
    }
    ask().onComplete(result -> next(result.result(), result.cause()));
  }

  private void next(Integer news, Throwable failure) {
    if (!running) {
      return;
    }
    if (failure == null) {
      failures = 0;
      // The size of a page is not documented: after news there may be more.
      plan(news > 0 ? 1 : pace.next(System.currentTimeMillis()));
      return;
    }
    failures++;
    conversation.failed(failure);
    Duration asked =
        failure instanceof DirectLineRetryException retry ? retry.getRetryAfter() : null;
    long delay =
        Delays.growing(
            configuration.getPollInterval(),
            Math.max(30_000, configuration.getPollMaxInterval()),
            failures);
    if (!conversation.over()) {
      plan(asked == null ? delay : Math.max(delay, asked.toMillis()));
    }
  }

  /** One request, apart from the regular ones. @return how many activities were new */
  Future<Integer> once() {
    return conversation.over() ? Future.succeededFuture(0) : ask();
  }

  private Future<Integer> ask() {
    if (asking == null) {
      String watermark = conversation.inbox().watermark();
      asking =
          conversation
              .call(
                  HttpMethod.GET,
                  conversation.conversationUrl("/activities")
                      + BotConversation.watermarkQuery(watermark),
                  null,
                  null)
              .compose(this::accept)
              .onComplete(done -> asking = null)
              .onFailure(e -> LOG.debug("Polling {} failed", conversation.session(), e));
    }
    return asking;
  }

  private Future<Integer> accept(Answer answer) {
    if (!answer.ok()) {
      return Future.failedFuture(answer.failure("Polling"));
    }
    int news = conversation.over() ? 0 : Math.max(0, Receiver.accept(conversation, answer.body()));
    if (news > 0) {
      pace.heard(System.currentTimeMillis());
    }
    return Future.succeededFuture(news);
  }
}
