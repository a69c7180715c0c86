package dev.baton.directline;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One conversation with the bot: its session and the parts that work on it. Everything but {@link
 * #run} happens on its Vert.x context, one thing at a time; nothing there may block.
 */
final class BotConversation {
  private static final Logger LOG = LoggerFactory.getLogger(BotConversation.class);

  private static final long SAVE_DELAY = 1_000;

  private final DirectLineClient client;
  private final Context context;
  private final SessionSaver saver;
  private final Credentials credentials;
  private final Inbox inbox;
  private final Poster poster;
  private final Receiver receiver;
  private final Starter starter;
  private volatile DirectLineSession session;
  private volatile boolean forgotten;
  private long saveTimer = -1;

  BotConversation(DirectLineClient client, Context context, DirectLineSession session) {
    this.client = client;
    this.context = context;
    this.session = session;
    this.saver = new SessionSaver(client.workers().store(), context);
    this.credentials = new Credentials(this, client);
    this.inbox = new Inbox(this, client);
    this.poster = new Poster(this, client);
    this.receiver = new Receiver(this, client);
    this.starter = new Starter(this, client);
  }

  void run(Runnable task) {
    context.runOnContext(v -> task.run());
  }

  DirectLineClient client() {
    return client;
  }

  DirectLineSession session() {
    return session;
  }

  Credentials credentials() {
    return credentials;
  }

  Inbox inbox() {
    return inbox;
  }

  Poster poster() {
    return poster;
  }

  Receiver receiver() {
    return receiver;
  }

  Starter starter() {
    return starter;
  }

  /** Ended, lost or forgotten. */
  boolean over() {
    return forgotten || session.endedAt() != null;
  }

  void update(UnaryOperator<DirectLineSession> change) {
    session = change.apply(session);
  }

  /** Stores the session as it is now. */
  Future<Void> save() {
    DirectLineSession snapshot = session;
    return forgotten ? Future.succeededFuture() : saver.write(() -> client.store().save(snapshot));
  }

  /**
   * Stores the session within a second. For watermarks: what is lost with one is a repeat, and one
   * comes with every set.
   */
  void saveLater() {
    if (saveTimer < 0) {
      saveTimer =
          timer(
              SAVE_DELAY,
              () -> {
                saveTimer = -1;
                saveSoon();
              });
    }
  }

  /** Stores now what was to be stored later. */
  void flush() {
    if (saveTimer >= 0) {
      cancel(saveTimer);
      saveTimer = -1;
      saveSoon();
    }
  }

  /** Like {@link #save}, when nobody waits for it: a failure is logged, the next change repeats. */
  void saveSoon() {
    save().onFailure(e -> LOG.debug("Not stored: {}", session, e));
  }

  /** Runs a task later on the context. @return the timer's number */
  long timer(long delay, Runnable task) {
    return client
        .vertx()
        .setTimer(
            Math.max(1, delay),
            id -> {
              if (!client.isClosed()) {
                task.run();
              }
            });
  }

  void cancel(long timer) {
    if (timer >= 0) {
      client.vertx().cancelTimer(timer);
    }
  }

  /** Address of an operation on the service. */
  String url(String operation) {
    return session.url() + client.configuration().getApiPath() + operation;
  }

  /** Address of an operation on this conversation. */
  String conversationUrl(String operation) {
    return url("/conversations/" + encode(session.conversationId()) + operation);
  }

  static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Sends a request; a refused credential is renewed and the request repeated once. */
  Future<Answer> call(HttpMethod method, String url, Buffer body, String contentType) {
    Future<Void> ready = credentials.expired() ? credentials.renew() : Future.succeededFuture();
    return ready
        .compose(
            v ->
                client
                    .transport()
                    .send(method, url, credentials.bearer(), body, contentType, headers()))
        .compose(
            answer ->
                answer.refusesCredential() && session.token() != null
                    ? credentials
                        .renew()
                        .compose(
                            v ->
                                client
                                    .transport()
                                    .send(
                                        method,
                                        url,
                                        credentials.bearer(),
                                        body,
                                        contentType,
                                        headers()))
                    : Future.succeededFuture(answer));
  }

  private Map<String, String> headers() {
    return client.configuration().getRequestHeaders().apply(session.key());
  }

  /** Asks for a new stream, and with it for a new token. */
  Future<Grant> reconnect() {
    return call(HttpMethod.GET, reconnectUrl(), null, null).compose(this::granted);
  }

  /** The same with another credential than the conversation's. */
  Future<Grant> reconnect(String bearer) {
    return client
        .transport()
        .send(HttpMethod.GET, reconnectUrl(), bearer, null, null)
        .compose(this::granted);
  }

  private String reconnectUrl() {
    return conversationUrl("") + watermarkQuery(inbox.watermark());
  }

  static String watermarkQuery(String watermark) {
    return watermark == null ? "" : "?watermark=" + encode(watermark);
  }

  private Future<Grant> granted(Answer answer) {
    if (!answer.ok()) {
      return Future.failedFuture(answer.failure("Reconnecting"));
    }
    Grant grant = Grant.of(answer.body(), Instant.now());
    credentials.adopt(grant);
    return Future.succeededFuture(grant);
  }

  /** Looks at a failure: one that means the conversation is lost ends it. */
  void failed(Throwable e) {
    if (e instanceof DirectLineConversationLostException && session.started() && !over()) {
      LOG.warn("Conversation {}: {}", session, e.getMessage());
      end();
    }
  }

  /**
   * The conversation is over: nothing more is received. It is remembered for a while, so that a
   * late repeat of a post is not taken for the beginning of a new conversation.
   */
  void end() {
    if (!over()) {
      update(s -> s.withEnd(Instant.now()));
      quiet();
      saveSoon();
    }
  }

  /** Nothing of the conversation remains. */
  Future<Void> forget() {
    leave();
    return saver.write(() -> client.store().delete(session.bot(), session.key()));
  }

  /** The conversation goes on elsewhere: nothing of it remains here, the session stays stored. */
  void leave() {
    forgotten = true;
    quiet();
    inbox.clear();
    client.forgotten(this);
  }

  private void quiet() {
    receiver.stop();
    credentials.stop();
  }
}
