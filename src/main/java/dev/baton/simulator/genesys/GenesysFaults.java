package dev.baton.simulator.genesys;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The faults that are armed, and how often each has struck. Safe for use by several threads. */
public final class GenesysFaults {

  /**
   * An order for something to go wrong.
   *
   * @param times how often, -1 until disarmed
   * @param call only at this call ({@code oauth}, {@code message}, {@code event}, {@code receipt},
   *     {@code structured}, {@code conversation}, {@code participant}, {@code channels}, {@code
   *     subscriptions}, {@code socket}, {@code bots}, {@code outgoing}, {@code webhook}); null for
   *     any
   * @param delay for {@link GenesysFaultKind#SLOW}
   * @param retryAfter seconds, for {@link GenesysFaultKind#THROTTLED}
   */
  public record Fault(
      GenesysFaultKind kind, int times, String call, Duration delay, int retryAfter) {
    public Fault {
      if (times == 0 || times < -1) {
        throw invalid("times must be at least 1, or -1 for always");
      }
      if (delay.isNegative() || delay.compareTo(Duration.ofMinutes(10)) > 0) {
        throw invalid("delay must be between 0 and 10 minutes");
      }
      if (retryAfter < 0) {
        throw invalid("retryAfter must not be negative");
      }
    }

    private static GenesysSimulatorException invalid(String what) {
      return new GenesysSimulatorException("BTN-4783", "A fault's " + what);
    }

    /** Strikes once, at any call. */
    public static Fault once(GenesysFaultKind kind) {
      return new Fault(kind, 1, null, Duration.ofSeconds(1), 1);
    }

    public Fault times(int count) {
      return new Fault(kind, count, call, delay, retryAfter);
    }

    public Fault at(String which) {
      return new Fault(kind, times, which, delay, retryAfter);
    }

    public Fault delay(Duration late) {
      return new Fault(kind, times, call, late, retryAfter);
    }

    public Fault retryAfter(int seconds) {
      return new Fault(kind, times, call, delay, seconds);
    }
  }

  private final List<Fault> armed = new ArrayList<>();
  private final Map<GenesysFaultKind, Integer> struck = new EnumMap<>(GenesysFaultKind.class);

  GenesysFaults() {}

  /** Arms a fault; several of one kind strike one after the other. */
  public synchronized GenesysFaults arm(Fault fault) {
    armed.add(fault);
    return this;
  }

  /** Strikes once, at any call. */
  public GenesysFaults arm(GenesysFaultKind kind) {
    return arm(Fault.once(kind));
  }

  /** Disarms all. */
  public synchronized void clear() {
    armed.clear();
  }

  /** What is armed, with the number of times left. */
  public synchronized List<Fault> armed() {
    return List.copyOf(armed);
  }

  /** How often a kind has struck since the start. */
  public synchronized int struck(GenesysFaultKind kind) {
    return struck.getOrDefault(kind, 0);
  }

  /** The fault that strikes at this call, if any; it is used up by one. */
  synchronized Optional<Fault> strikes(GenesysFaultKind kind, String call) {
    for (int i = 0; i < armed.size(); i++) {
      Fault fault = armed.get(i);
      if (fault.kind() == kind && (fault.call() == null || fault.call().equals(call))) {
        if (fault.times() == 1) {
          armed.remove(i);
        } else if (fault.times() > 1) {
          armed.set(i, fault.times(fault.times() - 1));
        }
        struck.merge(kind, 1, Integer::sum);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
