package dev.baton.simulator.servicenow;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faults that are armed, and how often each has struck. Safe for use by several threads. */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final List<Fault> armed = new ArrayList<>();
  private final Map<FaultKind, Integer> struck = new EnumMap<>(FaultKind.class);

  Faults() {}

  /** Arms a fault; several of one kind strike one after the other. */
  public synchronized void arm(Fault fault) {
    armed.add(fault);
    LOG.info("Fault {} armed", fault.kind().id());
  }

  /** Arms a fault that strikes once, anywhere. */
  public void arm(FaultKind kind) {
    arm(Fault.once(kind));
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
  public synchronized int struck(FaultKind kind) {
    return struck.getOrDefault(kind, 0);
  }

  /**
   * The fault that strikes now, if any; it is used up by one.
   *
   * @param call which call, or null when it is not about one
   * @param user whose conversation, or null when it is about none
   */
  synchronized Optional<Fault> strikes(FaultKind kind, String call, String user) {
    for (int i = 0; i < armed.size(); i++) {
      Fault fault = armed.get(i);
      if (fault.kind() == kind
          && (fault.call() == null || call == null || fault.call().equals(call))
          && (fault.user() == null || fault.user().equals(user))) {
        if (fault.times() == 1) {
          armed.remove(i);
        } else if (fault.times() > 1) {
          armed.set(i, fault.times(fault.times() - 1));
        }
        struck.merge(kind, 1, Integer::sum);
        LOG.info("Fault {} strikes", kind.id());
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }

  boolean strikes(FaultKind kind, String user) {
    return strikes(kind, null, user).isPresent();
  }
}
