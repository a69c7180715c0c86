package dev.baton.channel.turn;

import dev.baton.directline.DirectLineConstants;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;

/**
 * Bean {@code botPosts}: tells who waits for a bot's turn when the customer's activity is being
 * posted to the bot and when that has been answered. The route {@code deliver-to-bot} calls it.
 */
public final class BotPosts {
  private static final String VARIABLE = "postedActivity";

  /** Is told on the lane's thread: must not block. */
  public interface Listener {
    /**
     * @param activity id of the customer's activity in their stream
     */
    void sending(String activity);

    /**
     * @param remoteId the bot's side's id of the activity, or null when it is not known
     */
    void answered(String activity, String remoteId);

    /** It failed, or nobody knows; it will be tried again or given up. */
    void failed(String activity);
  }

  private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();

  /** Listens to one conversation until the handle is closed. */
  public AutoCloseable listen(String conversation, Listener listener) {
    listeners.compute(
        conversation,
        (id, known) -> {
          Set<Listener> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          all.add(listener);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            conversation,
            (id, known) -> {
              known.remove(listener);
              return known.isEmpty() ? null : known;
            });
  }

  /** The entry of the bot lane in the body is about to be delivered. */
  public void sending(Exchange exchange) {
    Set<Listener> waiting = waiting(exchange);
    String activity = waiting.isEmpty() ? null : activity(exchange.getMessage().getBody());
    if (activity != null) {
      exchange.setVariable(VARIABLE, activity);
      waiting.forEach(listener -> listener.sending(activity));
    }
  }

  /** It has been delivered; variable {@code remoteId} holds the bot's side's id. */
  public void answered(Exchange exchange) {
    String activity = exchange.getVariable(VARIABLE, String.class);
    if (activity != null) {
      String remoteId = exchange.getVariable("remoteId", String.class);
      Set<Listener> waiting = waiting(exchange);
      Future<?> read = exchange.getProperty(DirectLineConstants.READ, Future.class);
      if (read == null) {
        waiting.forEach(listener -> listener.answered(activity, remoteId));
      } else {
        // What the bot sent before it answered may still be on its way into the journal.
        read.onComplete(done -> waiting.forEach(listener -> listener.answered(activity, remoteId)));
      }
    }
  }

  /** It could not be delivered this time. */
  public void failed(Exchange exchange) {
    String activity = exchange.getVariable(VARIABLE, String.class);
    if (activity != null) {
      waiting(exchange).forEach(listener -> listener.failed(activity));
    }
  }

  private Set<Listener> waiting(Exchange exchange) {
    String conversation = exchange.getVariable("conversation", String.class);
    return conversation == null ? Set.of() : listeners.getOrDefault(conversation, Set.of());
  }

  private static String activity(Object body) {
    return body instanceof Map<?, ?> map
            && map.get("channelData") instanceof Map<?, ?> data
            && data.get("baton") instanceof Map<?, ?> mark
            && mark.get("id") instanceof String id
        ? id
        : null;
  }
}
