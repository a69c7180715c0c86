package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.operations.ConversationLog;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends turns by the platform API, again and again until a limit. Source: platform API, {@code POST
 * /api/v2/integrations/botconnectors/outgoing/messages} (preview).
 */
final class OutgoingCalls implements OutgoingMessages {
  static final String PATH = "/api/v2/integrations/botconnectors/outgoing/messages";
  private static final Logger LOG = LoggerFactory.getLogger(OutgoingCalls.class);
  private static final int TOO_MANY = 429;

  private final Vertx vertx;
  private final Clock clock;
  private final Duration firstDelay;
  private final Duration longestDelay;
  private final Duration limit;
  private final Map<String, GenesysCloud> clouds = new ConcurrentHashMap<>();

  /**
   * @param limit how long one turn is tried
   */
  OutgoingCalls(
      Vertx vertx, Clock clock, Duration firstDelay, Duration longestDelay, Duration limit) {
    this.vertx = vertx;
    this.clock = clock;
    this.firstDelay = firstDelay;
    this.longestDelay = longestDelay;
    this.limit = limit;
  }

  @Override
  public CompletionStage<Boolean> send(GenesysBot bot, String conversation, ObjectNode request) {
    GenesysCloud cloud =
        clouds.computeIfAbsent(bot.bot(), name -> new GenesysCloud(bot.settings(), clock));
    Attempts attempts = new Attempts(cloud, conversation, request);
    attempts.next();
    return attempts.sent;
  }

  private final class Attempts {
    private final GenesysCloud cloud;
    private final String conversation;
    private final ObjectNode request;
    private final Instant end = clock.instant().plus(limit);
    private final CompletableFuture<Boolean> sent = new CompletableFuture<>();
    private Duration delay = firstDelay;

    Attempts(GenesysCloud cloud, String conversation, ObjectNode request) {
      this.cloud = cloud;
      this.conversation = conversation;
      this.request = request;
    }

    void next() {
      cloud
          .call("POST", PATH, request)
          .whenComplete(
              (answer, failure) -> {
                if (failure != null) {
                  again("no answer: " + failure.getMessage(), null);
                } else if (answer.good()) {
                  sent.complete(true);
                } else if (answer.status() >= 500 || answer.status() == TOO_MANY) {
                  again(answer.why(), answer.retryAfter());
                } else {
                  giveUp(answer.why());
                }
              });
    }

    private void again(String why, Duration asked) {
      Duration wait = asked == null ? delay : asked;
      if (clock.instant().plus(wait).isAfter(end)) {
        giveUp(why);
        return;
      }
      delay =
          delay.multipliedBy(2).compareTo(longestDelay) > 0 ? longestDelay : delay.multipliedBy(2);
      LOG.debug("A turn could not be sent to Genesys, next in {}: {}", wait, why);
      vertx.setTimer(Math.max(1, wait.toMillis()), t -> next());
    }

    private void giveUp(String why) {
      try (ConversationLog.Scope scope = ConversationLog.with(conversation)) {
        LOG.error("BTN-1158 A turn could not be sent to Genesys: {}", why);
      }
      sent.complete(false);
    }
  }
}
