package dev.baton.simulator.servicenow;

import java.time.Duration;

/**
 * An order for something to go wrong.
 *
 * @param times how often it strikes at most; {@link #ALWAYS} until cleared
 * @param call only at this call: {@code bot}, {@code table}, {@code oauth}, {@code media}; null
 *     means any that the kind applies to
 * @param user only for this {@code userId}; null means any
 * @param delay how late, for kinds that are about time
 * @param retryAfter seconds, for {@link FaultKind#THROTTLED}
 */
public record Fault(
    FaultKind kind, int times, String call, String user, Duration delay, int retryAfter) {

  /** As {@link #times()}: strikes until it is cleared. */
  public static final int ALWAYS = -1;

  public Fault {
    if (times == 0 || times < ALWAYS) {
      throw new SimulatorException(
          "BTN-4751", "A fault's times must be at least 1, or " + ALWAYS + " for always");
    }
    if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(10)) > 0) {
      throw new SimulatorException("BTN-4751", "A fault's delay must be between 0 and 10 minutes");
    }
  }

  /** Strikes once, anywhere. */
  public static Fault once(FaultKind kind) {
    return new Fault(kind, 1, null, null, Duration.ofSeconds(3), 1);
  }

  public Fault times(int value) {
    return new Fault(kind, value, call, user, delay, retryAfter);
  }

  public Fault at(String value) {
    return new Fault(kind, times, value, user, delay, retryAfter);
  }

  public Fault of(String userId) {
    return new Fault(kind, times, call, userId, delay, retryAfter);
  }

  public Fault delay(Duration value) {
    return new Fault(kind, times, call, user, value, retryAfter);
  }

  public Fault retryAfter(int seconds) {
    return new Fault(kind, times, call, user, delay, seconds);
  }
}
