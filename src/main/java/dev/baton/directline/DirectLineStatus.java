package dev.baton.directline;

import java.time.Instant;

/**
 * How the connection to one bot is, for health checks.
 *
 * @param bot name of the bot
 * @param open conversations that live
 * @param sockets of them, how many have a WebSocket open
 * @param undelivered activities received that the route has not processed yet
 * @param lastSuccess latest answer of the service that was a success; null when there was none
 * @param lastError latest failure in talking to the service; null when there was none
 * @param lastErrorAt when that was
 */
public record DirectLineStatus(
    String bot,
    int open,
    int sockets,
    int undelivered,
    Instant lastSuccess,
    String lastError,
    Instant lastErrorAt) {

  /** Whether the latest thing heard from the service was a success, or nothing was heard yet. */
  public boolean healthy() {
    return lastErrorAt == null || (lastSuccess != null && !lastSuccess.isBefore(lastErrorAt));
  }
}
