package dev.baton.simulator.omnichannel;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** What goes wrong next. */
public final class OmnichannelFaults {
  /** Where a fault strikes. */
  public enum At {
    TOKEN,
    CREATE,
    MESSAGE,
    AVAILABILITY
  }

  /**
   * @param status HTTP status; 0 breaks the connection before anything happened, -1 after
   * @param code of the Messaging API, 0 for none
   * @param retryAfter seconds, or null
   */
  public record Fault(int status, int code, Integer retryAfter) {}

  private final Map<At, Deque<Fault>> next = new HashMap<>();
  private boolean down;

  /** The next call there is answered like this. */
  public synchronized OmnichannelFaults fail(At at, int status, int code) {
    next.computeIfAbsent(at, where -> new ArrayDeque<>()).add(new Fault(status, code, null));
    return this;
  }

  /** The next call there is told to wait. */
  public OmnichannelFaults throttle(At at, int seconds) {
    return throttle(at, 429, seconds);
  }

  /** The next call there is told to wait, with this status: 429 or 503. */
  public synchronized OmnichannelFaults throttle(At at, int status, int seconds) {
    next.computeIfAbsent(at, where -> new ArrayDeque<>()).add(new Fault(status, 0, seconds));
    return this;
  }

  /** The next call there does its work, but its answer is lost. */
  public synchronized OmnichannelFaults loseAnswer(At at) {
    next.computeIfAbsent(at, where -> new ArrayDeque<>()).add(new Fault(-1, 0, null));
    return this;
  }

  /** While down, no connection is answered. */
  public synchronized void down(boolean isDown) {
    down = isDown;
  }

  public synchronized void clear() {
    next.clear();
    down = false;
  }

  synchronized Fault take(At at) {
    if (down) {
      return new Fault(0, 0, null);
    }
    Deque<Fault> faults = next.get(at);
    return faults == null ? null : faults.poll();
  }
}
