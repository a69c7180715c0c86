package dev.baton.simulator.copilot;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The faults that are armed, and how often each has struck. Safe for use by several threads. */
public final class Faults {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private static final class Armed {
    final Fault fault;
    final Random random;
    int left;

    Armed(Fault fault) {
      this.fault = fault;
      this.random = new Random(fault.seed());
      this.left = fault.times();
    }
  }

  private final List<Armed> armed = new ArrayList<>();
  private final Map<FaultKind, Integer> struck = new HashMap<>();

  Faults() {}

  /** Arms a fault; several of one kind strike one after the other. */
  public synchronized void arm(Fault fault) {
    armed.add(new Armed(fault));
    LOG.info(
        "Fault {} armed, {}",
        fault.kind().id(),
        fault.times() == Fault.ALWAYS ? "until disarmed" : "times: " + fault.times());
  }

  /** Disarms all. */
  public synchronized void clear() {
    armed.clear();
  }

  /** What is armed, with the number of times left. */
  public synchronized List<Fault> armed() {
    return armed.stream().map(order -> order.fault.times(order.left)).toList();
  }

  /** How often a kind has struck since the start. */
  public synchronized int struck(FaultKind kind) {
    return struck.getOrDefault(kind, 0);
  }

  /** The fault that strikes now, if any; it is used up by one. */
  Optional<Fault> strikes(FaultKind kind, String conversation) {
    return strikes(kind, conversation, null);
  }

  /**
   * @param conversation where, or null when the call belongs to none
   * @param call which call, or null when it is not about one
   */
  synchronized Optional<Fault> strikes(FaultKind kind, String conversation, String call) {
    for (Armed order : List.copyOf(armed)) {
      Fault fault = order.fault;
      if (fault.kind() == kind
          && (fault.conversation() == null || fault.conversation().equals(conversation))
          && (fault.call() == null || call == null || fault.call().equals(call))
          && order.random.nextDouble() < fault.probability()) {
        if (order.left > 0 && --order.left == 0) {
          armed.remove(order);
        }
        struck.merge(kind, 1, Integer::sum);
        LOG.info("Fault {} strikes conversation {}", kind.id(), conversation);
        return Optional.of(fault);
      }
    }
    return Optional.empty();
  }
}
