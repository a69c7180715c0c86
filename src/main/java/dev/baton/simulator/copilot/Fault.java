package dev.baton.simulator.copilot;

import java.time.Duration;

/**
 * An order for something to go wrong.
 *
 * @param kind what goes wrong
 * @param times how often it strikes at most; {@link #ALWAYS} until cleared
 * @param probability chance from 0 to 1 that it strikes when it could; drawn from {@code seed}, so
 *     that a run can be repeated
 * @param conversation strikes only there; null means anywhere
 * @param call only at this call: {@code start}, {@code reconnect}, {@code get}, {@code post},
 *     {@code upload}, {@code stream}, {@code generate} or {@code refresh}; null means any that the
 *     kind applies to
 * @param delay how late the answer comes, for {@link FaultKind#SLOW}
 * @param retryAfter seconds in the answer's {@code Retry-After}, for {@link FaultKind#THROTTLED}
 */
public record Fault(
    FaultKind kind,
    int times,
    double probability,
    long seed,
    String conversation,
    String call,
    Duration delay,
    int retryAfter) {

  /** As {@link #times()}: strikes until it is cleared. */
  public static final int ALWAYS = -1;

  public Fault {
    if (kind == null) {
      throw invalid("kind is missing");
    }
    if (times == 0 || times < ALWAYS) {
      throw invalid("times must be at least 1, or " + ALWAYS + " for always");
    }
    if (!(probability > 0 && probability <= 1)) {
      throw invalid("probability must be more than 0 and at most 1");
    }
    if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(10)) > 0) {
      throw invalid("delay must be between 0 and 10 minutes");
    }
  }

  private static SimulatorException invalid(String what) {
    return new SimulatorException("BTN-4704", "A fault's " + what, null);
  }

  /** Strikes once, anywhere. */
  public static Fault once(FaultKind kind) {
    return new Fault(kind, 1, 1, 0, null, null, Duration.ofSeconds(3), 1);
  }

  public Fault times(int times) {
    return new Fault(kind, times, probability, seed, conversation, call, delay, retryAfter);
  }

  /** Strikes with this chance whenever it could, until cleared. */
  public Fault withProbability(double probability, long seed) {
    return new Fault(kind, ALWAYS, probability, seed, conversation, call, delay, retryAfter);
  }

  public Fault in(String conversation) {
    return new Fault(kind, times, probability, seed, conversation, call, delay, retryAfter);
  }

  public Fault at(String call) {
    return new Fault(kind, times, probability, seed, conversation, call, delay, retryAfter);
  }

  public Fault delay(Duration delay) {
    return new Fault(kind, times, probability, seed, conversation, call, delay, retryAfter);
  }

  public Fault retryAfter(int seconds) {
    return new Fault(kind, times, probability, seed, conversation, call, delay, seconds);
  }
}
