package dev.baton.hub;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Bean {@code strayHubConversations}: conversations that a hub opened although its handoff is with
 * another hub or over, because the answer to {@code open} was lost. Each is ended once, or an agent
 * would sit with nobody.
 */
public final class StrayHubConversations {
  private static final int REMEMBERED = 10_000;

  private final Map<String, Boolean> asked =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Whether the event that the exchange carries is the first of its stray conversation. */
  public synchronized boolean isNew(Exchange exchange) {
    return asked.putIfAbsent(key(exchange), true) == null;
  }

  /** It could not be ended: its next event may try again. */
  public synchronized void forget(Exchange exchange) {
    asked.remove(key(exchange));
  }

  /** Body of the operation {@code end}. */
  public Map<String, Object> reason() {
    return Map.of("reason", "BOT");
  }

  private static String key(Exchange exchange) {
    return exchange.getVariable("hub", String.class)
        + '\n'
        + exchange.getVariable("hubEventConversation", String.class);
  }
}
