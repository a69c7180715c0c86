package dev.baton.directline;

import io.vertx.core.http.WebSocket;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One conversation's WebSocket. Used on the conversation's context only. */
final class Stream {
  private static final Logger LOG = LoggerFactory.getLogger(Stream.class);
  private static final int STRIKES = 2;

  private final BotConversation conversation;
  private final DirectLineClient client;
  private final Receiver receiver;
  private WebSocket socket;
  private boolean opening;
  private boolean wanted;
  private boolean paused;
  private long openedAt;
  private long heardAt;
  private long keepAliveTimer = -1;
  private int strikes;

  Stream(BotConversation conversation, DirectLineClient client, Receiver receiver) {
    this.conversation = conversation;
    this.client = client;
    this.receiver = receiver;
  }

  boolean isOpen() {
    return socket != null;
  }

  boolean heardSince(long time) {
    return heardAt >= time;
  }

  void open(String url) {
    wanted = true;
    if (opening || socket != null) {
      return;
    }
    opening = true;
    client
        .transport()
        .open(url)
        .onComplete(
            result -> {
              opening = false;
              if (result.failed()) {
                LOG.debug("{}: {}", conversation.session(), result.cause().getMessage());
                if (wanted) {
                  receiver.streamLost(0, false);
                }
              } else if (wanted) {
                opened(result.result());
              } else {
                result.result().close();
              }
            });
  }

  private void opened(WebSocket opened) {
    socket = opened;
    openedAt = System.currentTimeMillis();
    heardAt = 0;
    strikes = 0;
    paused = false;
    client.sockets(1);
    opened.textMessageHandler(text -> heard(opened, text));
    opened.exceptionHandler(e -> LOG.debug("Stream of {}", conversation.session(), e));
    opened.closeHandler(v -> lost(opened));
    keepAlive();
    receiver.streamOpened();
  }

  private void heard(WebSocket from, String text) {
    if (from != socket || text.isEmpty()) {
      return;
    }
    Map<String, Object> frame = Json.object(text);
    if (frame.isEmpty()) {
      LOG.warn("A frame of {} is not a JSON object; ignored", conversation.session());
      return;
    }
    if (Receiver.accept(conversation, frame) >= 0) {
      heardAt = System.currentTimeMillis();
      strikes = 0;
      receiver.streamHeard();
      if (conversation.inbox().full() && !paused) {
        paused = true;
        from.pause();
      }
    }
  }

  void resume() {
    if (paused && socket != null) {
      paused = false;
      socket.resume();
    }
  }

  /** Empty frames keep the way through proxies open, and show when it is broken. */
  private void keepAlive() {
    keepAliveTimer =
        conversation.timer(
            client.configuration().getKeepAlive(),
            () -> {
              WebSocket current = socket;
              if (current != null) {
                current.writeTextMessage("").onFailure(e -> lost(current));
                keepAlive();
              }
            });
  }

  /** The service had something that did not come by the stream; twice is too often. */
  void suspect() {
    strikes++;
    if (strikes >= STRIKES) {
      LOG.info("The stream of {} is open but silent: polling", conversation.session());
      WebSocket silent = socket;
      heardAt = 0;
      lost(silent);
      silent.close();
    }
  }

  private void lost(WebSocket which) {
    if (which != socket || socket == null) {
      return;
    }
    String reason = which.closeReason();
    boolean collision = reason != null && reason.toLowerCase(Locale.ROOT).contains("collision");
    if (collision) {
      LOG.warn("Another client streams {}; polling for now", conversation.session());
    }
    drop();
    if (wanted) {
      long lasted = heardAt == 0 ? 0 : System.currentTimeMillis() - openedAt;
      receiver.streamLost(lasted, collision);
    }
  }

  private void drop() {
    socket = null;
    client.sockets(-1);
    conversation.cancel(keepAliveTimer);
    keepAliveTimer = -1;
  }

  void close() {
    wanted = false;
    if (socket != null) {
      WebSocket open = socket;
      drop();
      open.close();
    }
  }
}
