package dev.baton.operations;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.journal.JournalListener;
import dev.baton.journal.JournalStatistics;
import dev.baton.journal.StoredEntry;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Baton's own meters. Counters come from what this node commits, gauges from the journal of all
 * nodes. Register it as a journal's listener.
 */
public final class BatonMetrics implements JournalListener {
  private static final Duration GAUGES_LIVE = Duration.ofSeconds(1);

  private final MeterRegistry meters;
  private final JournalStatistics statistics;
  private final Map<String, Handoff.Phase> phases = new ConcurrentHashMap<>();
  private JournalStatistics.Snapshot snapshot;
  private long takenAt;

  /**
   * @param open conversations with a running handoff, so that it is not counted again after a
   *     restart
   */
  public BatonMetrics(MeterRegistry meters, JournalStatistics statistics, List<Conversation> open) {
    this.meters = meters;
    this.statistics = statistics;
    for (Conversation conversation : open) {
      Handoff handoff = conversation.handoff();
      if (handoff != null && handoff.isOpen()) {
        phases.put(handoff.id(), handoff.phase());
      }
    }
    gauges();
  }

  @Override
  public void committed(Conversation conversation, List<StoredEntry> entries) {
    for (StoredEntry entry : entries) {
      meters
          .counter(
              "baton.entries",
              Tags.of(
                  "lane",
                  entry.lane().id(),
                  "operation",
                  entry.operation(),
                  "bot",
                  conversation.bot()))
          .increment();
      if (entry.lane() == Lane.CUSTOMER && entry.body().at("/channelData/baton").has("handoff")) {
        count("escalated", conversation.bot(), conversation.channel());
      }
    }
    if (conversation.handoff() != null) {
      handoff(conversation);
    }
  }

  private void handoff(Conversation conversation) {
    Handoff handoff = conversation.handoff();
    Handoff.Phase now = handoff.phase();
    Handoff.Phase before =
        handoff.isOpen() ? phases.put(handoff.id(), now) : phases.remove(handoff.id());
    if (before == now || (before == null && !handoff.isOpen())) {
      return;
    }
    String bot = String.valueOf(conversation.bot());
    if (before == null) {
      count("requested", bot, handoff.hub());
    }
    if (now == Handoff.Phase.ACCEPTED) {
      Timer.builder("baton.handoff.accept")
          .description("Time from the bot's request to an agent's acceptance")
          .tags("bot", bot, "hub", hub(handoff.hub()))
          .register(meters)
          .record(Duration.between(handoff.requestedAt(), conversation.updatedAt()));
    }
    if (now == Handoff.Phase.ACCEPTED || !handoff.isOpen()) {
      count(now.name().toLowerCase(Locale.ROOT), bot, handoff.hub());
    }
  }

  private void count(String outcome, String bot, String hub) {
    meters
        .counter("baton.handoffs", Tags.of("outcome", outcome, "bot", bot, "hub", hub(hub)))
        .increment();
  }

  private static String hub(String hub) {
    return hub == null ? "none" : hub;
  }

  private void gauges() {
    for (Owner owner : Owner.values()) {
      gauge(
          "baton.conversations",
          Tags.of("state", owner.name().toLowerCase(Locale.ROOT)),
          now -> now.conversations().getOrDefault(owner, 0L));
    }
    for (Lane lane : Lane.values()) {
      gauge(
          "baton.lane.depth",
          Tags.of("lane", lane.id()),
          now -> now.laneDepths().getOrDefault(lane, 0L));
    }
    gauge("baton.dead.letters", Tags.empty(), JournalStatistics.Snapshot::deadLetters);
    gauge("baton.oldest.waiting.seconds", Tags.empty(), now -> waiting(now.oldestWaiting()));
    FunctionCounter.builder("baton.duplicates", statistics, JournalStatistics::duplicates)
        .description("Events dropped as repeats")
        .register(meters);
  }

  private void gauge(String name, Tags tags, ToDoubleFunction<JournalStatistics.Snapshot> value) {
    Gauge.builder(name, () -> value.applyAsDouble(snapshot())).tags(tags).register(meters);
  }

  private static double waiting(Instant since) {
    return since == null ? 0 : Math.max(0, Duration.between(since, Instant.now()).toSeconds());
  }

  /** One scrape reads many gauges and shall count once. */
  private synchronized JournalStatistics.Snapshot snapshot() {
    long now = System.nanoTime();
    if (snapshot == null || now - takenAt > GAUGES_LIVE.toNanos()) {
      snapshot = statistics.statistics();
      takenAt = now;
    }
    return snapshot;
  }
}
