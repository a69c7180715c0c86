package dev.baton.handoff;

import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Owner;
import dev.baton.journal.Journal;
import dev.baton.routing.OpeningHours;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What Baton itself knows of a hub's availability before it asks: opening hours and how many may
 * wait. Used by {@code routes/handoff}.
 */
public final class HubGate {
  private final Journal journal;
  private final Clock clock;
  private final Map<String, OpeningHours> hours = new HashMap<>();
  private final Map<String, Integer> mostWaiting = new HashMap<>();

  /**
   * @throws IllegalArgumentException when a hub's hours cannot be read
   */
  public HubGate(Journal journal, Map<String, HubSettings> hubs, Clock clock) {
    this.journal = journal;
    this.clock = clock;
    hubs.forEach(
        (name, hub) -> {
          Map<String, String> own = hub.properties();
          if (own.containsKey("hours") || own.containsKey("holidays")) {
            hours.put(name, OpeningHours.ofKeys(own));
          }
          String most = own.get("max-waiting");
          if (most != null && !most.isBlank()) {
            mostWaiting.put(name, Integer.parseInt(most.strip()));
          }
        });
  }

  /**
   * Why nobody needs to be asked: {@code {state: UNAVAILABLE, reason, nextOpen}} as a hub's {@code
   * availability} answers; null when the hub should be asked.
   */
  public Map<String, Object> check(String hub) {
    OpeningHours open = hours.get(hub);
    Instant now = clock.instant();
    if (open != null && !open.isOpen(now)) {
      Map<String, Object> closed = unavailable("CLOSED");
      open.nextOpening(now).ifPresent(next -> closed.put("nextOpen", next.toString()));
      return closed;
    }
    Integer most = mostWaiting.get(hub);
    if (most != null
        && (most == 0 || journal.list(null, hub, Owner.PENDING, null, most).size() >= most)) {
      return unavailable("NO_AGENT");
    }
    return null;
  }

  private static Map<String, Object> unavailable(String reason) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("state", "UNAVAILABLE");
    answer.put("reason", reason);
    return answer;
  }
}
