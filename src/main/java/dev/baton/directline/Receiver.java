package dev.baton.directline;

import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides by which way activities are received: the stream, polling, or polling until the stream is
 * back. Used on the conversation's context only.
 */
final class Receiver {
  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);
  private static final long STABLE = 60_000;

  private final BotConversation conversation;
  private final DirectLineClient client;
  private final DirectLineConfiguration configuration;
  private final Poller poller;
  private final Stream stream;
  private boolean running;
  private boolean reconnecting;
  private int failures;
  private long reconnectTimer = -1;
  private long checkTimer = -1;
  private long checkDelay;
  private long postedAt;
  private boolean fresh;

  Receiver(BotConversation conversation, DirectLineClient client) {
    this.conversation = conversation;
    this.client = client;
    this.configuration = client.configuration();
    this.poller = new Poller(conversation, configuration);
    this.stream = new Stream(conversation, client, this);
  }

  /** The conversation has just been started. */
  void begin(String streamUrl) {
    if (client.sink() == null || conversation.over() || running) {
      return;
    }
    running = true;
    fresh = true;
    if (configuration.getStream() == DirectLineStream.POLLING) {
      poller.start();
    } else {
      offered(streamUrl);
    }
  }

  /** Goes on with a conversation that was started some time ago. */
  void resume() {
    conversation.inbox().pump();
    if (client.sink() == null || conversation.over() || running) {
      return;
    }
    running = true;
    if (configuration.getStream() == DirectLineStream.POLLING) {
      poller.start();
    } else {
      reconnect();
    }
  }

  void stop() {
    running = false;
    conversation.flush();
    poller.stop();
    stream.close();
    conversation.cancel(reconnectTimer);
    conversation.cancel(checkTimer);
    reconnectTimer = -1;
    checkTimer = -1;
  }

  private void reconnect() {
    if (!running || reconnecting || stream.isOpen()) {
      return;
    }
    reconnecting = true;
    client
        .reconnects()
        .enter(() -> client.on(conversation, conversation::reconnect))
        .onComplete(result -> conversation.run(() -> reconnected(result.result(), result.cause())));
  }

  private void reconnected(Grant grant, Throwable failure) {
    reconnecting = false;
    if (!running) {
      return;
    }
    if (failure != null) {
      LOG.debug("Reconnecting {} failed", conversation.session(), failure);
      conversation.failed(failure);
      if (running) {
        streamLost(0, false);
      }
    } else {
      offered(grant.streamUrl());
    }
  }

  private void offered(String streamUrl) {
    if (streamUrl != null && !streamUrl.isBlank()) {
      stream.open(streamUrl);
    } else if (configuration.getStream() == DirectLineStream.WEBSOCKET) {
      if (failures == 0) {
        LOG.warn("The service offers no stream for {}; asking on", conversation.session());
      }
      streamLost(0, false);
    } else {
      // The service has no stream for this conversation: asking again would be noise.
      poller.start();
    }
  }

  /** The stream is open. Of an older conversation it may not replay everything: one GET more. */
  void streamOpened() {
    poller.stop();
    if (!fresh) {
      poller.once();
    }
    fresh = false;
  }

  /** Something came by the stream. */
  void streamHeard() {
    failures = 0;
    conversation.cancel(checkTimer);
    checkTimer = -1;
  }

  /**
   * The stream is away.
   *
   * @param lasted how many milliseconds it had been open; 0 when nothing ever came by it
   * @param collision whether the service closed it because another client has the conversation
   */
  void streamLost(long lasted, boolean collision) {
    if (!running) {
      return;
    }
    fresh = false;
    if (lasted >= STABLE) {
      failures = 0;
    }
    failures++;
    long delay;
    if (lasted >= STABLE && !collision) {
      delay = 1;
    } else if (failures <= 1 && !collision) {
      delay =
          Delays.between(
              configuration.getReconnectDelayMin(), configuration.getReconnectDelayMax());
    } else {
      delay =
          Delays.growing(
              configuration.getReconnectDelayMax(),
              Math.max(
                  configuration.getReconnectDelayMax(), configuration.getReconnectDelayLimit()),
              failures);
    }
    if (configuration.getStream() == DirectLineStream.AUTO) {
      poller.start();
    }
    conversation.cancel(reconnectTimer);
    reconnectTimer =
        conversation.timer(
            delay,
            () -> {
              reconnectTimer = -1;
              reconnect();
            });
  }

  boolean hasStream() {
    return stream.isOpen();
  }

  void posting() {
    postedAt = System.currentTimeMillis();
    poller.posted();
  }

  /** A post is through: its answers are due. */
  void posted() {
    if (!running) {
      return;
    }
    poller.posted();
    if (stream.isOpen() && !stream.heardSince(postedAt)) {
      checkDelay = configuration.getSocketCheck();
      planCheck(postedAt);
    }
  }

  /**
   * Behind some proxies a socket opens and never delivers. So as long as nothing has come by it
   * since the post, the service is also asked directly, more and more seldom.
   */
  private void planCheck(long since) {
    conversation.cancel(checkTimer);
    checkTimer =
        conversation.timer(
            checkDelay,
            () -> {
              checkTimer = -1;
              if (!running || !stream.isOpen() || stream.heardSince(since)) {
                return;
              }
              poller
                  .once()
                  .onSuccess(
                      news -> {
                        if (news > 0 && stream.isOpen() && !stream.heardSince(since)) {
                          stream.suspect();
                        }
                      });
              checkDelay = checkDelay * 2;
              if (checkDelay < STABLE && stream.isOpen()) {
                planCheck(since);
              }
            });
  }

  void roomAgain() {
    stream.resume();
    poller.resume();
  }

  /** Takes one ActivitySet. @return how many activities were new; -1 when it is none */
  static int accept(BotConversation conversation, Map<String, Object> set) {
    return set.get("activities") instanceof List<?> activities
        ? conversation.inbox().accept(activities, Json.text(set, "watermark"))
        : -1;
  }
}
