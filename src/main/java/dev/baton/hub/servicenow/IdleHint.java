package dev.baton.hub.servicenow;

import dev.baton.hub.servicenow.Session.Phase;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Recognises an end that ServiceNow's own idle timer may have caused. */
final class IdleHint {
  private static final Logger LOG = LoggerFactory.getLogger(IdleHint.class);
  private static final Duration SUSPICIOUS = Duration.ofMinutes(5);

  private IdleHint() {}

  /** Whether it was logged. */
  static boolean log(Session session, Instant now) {
    long last = Math.max(session.customerAt, session.openedAt);
    Duration silent = Duration.between(Instant.ofEpochMilli(last), now);
    if (session.phase != Phase.CONNECTED || session.endedHere || silent.compareTo(SUSPICIOUS) < 0) {
      return false;
    }
    LOG.info(
        "BTN-2313 Hub {}: {} ended {} min after the customer's last message; when no agent closed"
            + " it, com.glide.cs.idle_chat_cancel_timeout did",
        session.hub,
        session.id,
        silent.toMinutes());
    return true;
  }
}
