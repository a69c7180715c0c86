package dev.baton.directline;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Posts activities. A post whose outcome is unknown is never repeated here: its echo, known by the
 * mark, is looked for instead. Used on the conversation's context only.
 */
final class Poster {
  private static final int REMEMBERED_ECHOES = 64;
  private static final int HISTORY_PAGES = 100;

  private final BotConversation conversation;
  private final DirectLineConfiguration configuration;
  private final Map<String, Promise<String>> expected = new HashMap<>();
  private final Map<String, String> echoes =
      new LinkedHashMap<>(4) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > REMEMBERED_ECHOES;
        }
      };

  /** A request that posts something; repeatable word for word. */
  private record Parcel(String url, Buffer body, String contentType, String mark) {}

  Poster(BotConversation conversation, DirectLineClient client) {
    this.conversation = conversation;
    this.configuration = client.configuration();
  }

  /**
   * Posts an activity.
   *
   * @param repeated whether an earlier attempt with this mark may have reached the service
   * @return the activity's id; null when the service took it without giving one
   */
  Future<String> post(Map<String, Object> activity, String mark, boolean repeated) {
    Buffer body = Json.buffer(Marks.put(withSender(activity), configuration.getMarkName(), mark));
    return deliver(
        new Parcel(conversation.conversationUrl("/activities"), body, "application/json", mark),
        repeated);
  }

  /** Posts a file with the activity that carries it. */
  Future<String> upload(Map<String, Object> carrier, Upload file, String mark, boolean repeated) {
    Map<String, Object> activity = new LinkedHashMap<>(carrier);
    activity.putIfAbsent("type", "message");
    Buffer json = Json.buffer(Marks.put(withSender(activity), configuration.getMarkName(), mark));
    String user = Json.text(Json.child(withSender(activity), "from"), "id");
    String url =
        conversation.conversationUrl("/upload") + "?userId=" + BotConversation.encode(user);
    return deliver(new Parcel(url, file.multipart(json), file.multipartType(), mark), repeated);
  }

  private Map<String, Object> withSender(Map<String, Object> activity) {
    Map<String, Object> from = new LinkedHashMap<>(Json.child(activity, "from"));
    DirectLineSession session = conversation.session();
    if (Json.text(from, "id") == null) {
      from.put("id", session.userId());
      if (session.userName() != null) {
        from.putIfAbsent("name", session.userName());
      }
    }
    Map<String, Object> sent = new LinkedHashMap<>(activity);
    sent.put("from", from);
    return sent;
  }

  /** An activity of ours came back, by whatever way. */
  void echoed(String mark, String id) {
    if (mark != null && id != null) {
      echoes.put(mark, id);
      Promise<String> waiting = expected.get(mark);
      if (waiting != null) {
        waiting.tryComplete(id);
      }
    }
  }

  private Future<String> deliver(Parcel parcel, boolean repeated) {
    if (!repeated) {
      return submit(parcel);
    }
    String known = echoes.get(parcel.mark());
    return known != null
        ? Future.succeededFuture(known)
        : search(parcel.mark(), null, 0)
            .compose(id -> id != null ? found(id) : submitIfOpen(parcel));
  }

  private Future<String> submitIfOpen(Parcel parcel) {
    return conversation.over()
        ? Future.failedFuture(DirectLineConversationLostException.ended())
        : submit(parcel);
  }

  private Future<String> found(String id) {
    conversation.inbox().posted(id);
    return Future.succeededFuture(id);
  }

  private Future<String> submit(Parcel parcel) {
    conversation.receiver().posting();
    return conversation
        .call(HttpMethod.POST, parcel.url(), parcel.body(), parcel.contentType())
        .transform(result -> outcome(parcel, result))
        .onComplete(done -> conversation.receiver().posted())
        .onFailure(conversation::failed);
  }

  private Future<String> outcome(Parcel parcel, AsyncResult<Answer> result) {
    if (result.failed()) {
      return result.cause() instanceof DirectLineException known
          ? Future.failedFuture(known)
          : findEcho(
              parcel.mark(),
              new DirectLineUncertainException(
                  "Posting: no answer (" + result.cause().getMessage() + ") and no echo",
                  0,
                  null,
                  result.cause()));
    }
    Answer answer = result.result();
    if (answer.ok()) {
      String id = Json.text(answer.body(), "id");
      return id != null ? found(id) : Future.succeededFuture(echoes.get(parcel.mark()));
    }
    DirectLineException failure = answer.failure("Posting");
    boolean ambiguous =
        answer.status() == 408 || (answer.status() >= 500 && answer.status() != 503);
    return ambiguous
        ? findEcho(
            parcel.mark(),
            new DirectLineUncertainException(
                failure.getMessage() + ", and no echo",
                failure.getStatus(),
                failure.getCode(),
                failure))
        : Future.failedFuture(failure);
  }

  /** Waits for the echo in what is received, and asks for the history, until the time is up. */
  private Future<String> findEcho(String mark, DirectLineUncertainException otherwise) {
    String known = echoes.get(mark);
    if (known != null) {
      return Future.succeededFuture(known);
    }
    Promise<String> promise = Promise.promise();
    expected.put(mark, promise);
    long limit =
        conversation.timer(configuration.getEchoTimeout(), () -> promise.tryFail(otherwise));
    lookAgain(mark, promise, 1);
    return promise
        .future()
        .compose(this::found)
        .onComplete(
            done -> {
              expected.remove(mark);
              conversation.cancel(limit);
            });
  }

  private void lookAgain(String mark, Promise<String> promise, int attempt) {
    search(mark, null, 0)
        .onComplete(
            result -> {
              if (promise.future().isComplete()) {
                return;
              }
              if (result.succeeded() && result.result() != null) {
                promise.tryComplete(result.result());
              } else {
                conversation.timer(
                    Delays.growing(500, 4_000, attempt),
                    () -> {
                      if (!promise.future().isComplete()) {
                        lookAgain(mark, promise, attempt + 1);
                      }
                    });
              }
            });
  }

  /** Looks through the whole history. @return the id of the activity with the mark, or null */
  private Future<String> search(String mark, String watermark, int page) {
    return conversation
        .call(
            HttpMethod.GET,
            conversation.conversationUrl("/activities") + BotConversation.watermarkQuery(watermark),
            null,
            null)
        .compose(
            answer -> {
              if (!answer.ok()) {
                return Future.failedFuture(answer.failure("Reading the history"));
              }
              if (!(answer.body().get("activities") instanceof List<?> activities)) {
                return Future.succeededFuture();
              }
              String id = idOf(activities, mark);
              String next = Json.text(answer.body(), "watermark");
              boolean more = !activities.isEmpty() && next != null && !next.equals(watermark);
              return id != null || !more || page == HISTORY_PAGES
                  ? Future.succeededFuture(id)
                  : search(mark, next, page + 1);
            });
  }

  private String idOf(List<?> activities, String mark) {
    for (Object each : activities) {
      if (each instanceof Map<?, ?>) {
        @SuppressWarnings("unchecked")
        Map<String, Object> activity = (Map<String, Object>) each;
        if (mark.equals(Marks.of(activity, configuration.getMarkName()))
            && Marks.isOurs(
                activity, configuration.getMarkName(), conversation.session().userId())) {
          return Json.text(activity, "id");
        }
      }
    }
    return null;
  }
}
