package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Handoff.Phase;
import dev.baton.conversation.Owner;
import dev.baton.journal.StoredEntry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BatonMetricsTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final FakeJournal journal = new FakeJournal();

  @Test
  void aHandoffIsCountedOncePerStep() {
    BatonMetrics metrics = new BatonMetrics(meters, journal, List.of());

    for (Phase phase :
        List.of(Phase.REQUESTED, Phase.QUEUED, Phase.QUEUED, Phase.ACCEPTED, Phase.ACCEPTED)) {
      metrics.committed(with(phase), List.of());
    }
    metrics.committed(with(Phase.COMPLETED), List.of());
    metrics.committed(with(Phase.COMPLETED), List.of());

    assertThat(count("requested")).isEqualTo(1);
    assertThat(count("accepted")).isEqualTo(1);
    assertThat(count("completed")).isEqualTo(1);
    assertThat(meters.get("baton.handoff.accept").timer().totalTime(TimeUnit.SECONDS))
        .isEqualTo(42);
  }

  @Test
  void aHandoffThatRanBeforeARestartIsNotCountedAgain() {
    BatonMetrics metrics = new BatonMetrics(meters, journal, List.of(with(Phase.ACCEPTED)));

    metrics.committed(with(Phase.ACCEPTED), List.of());
    metrics.committed(with(Phase.FAILED), List.of());

    assertThat(meters.find("baton.handoffs").tag("outcome", "accepted").counter()).isNull();
    assertThat(count("failed")).isEqualTo(1);
  }

  @Test
  void entriesAreCountedByLane() {
    BatonMetrics metrics = new BatonMetrics(meters, journal, List.of());
    StoredEntry entry = FakeJournal.entry("c1", 1, StoredEntry.Status.PENDING, null);

    metrics.committed(FakeJournal.conversation("c1", Owner.BOT, null), List.of(entry, entry));

    assertThat(
            meters.get("baton.entries").tags("lane", "hub", "operation", "send").counter().count())
        .isEqualTo(2);
  }

  @Test
  void gaugesShowTheJournal() {
    journal
        .with(FakeJournal.conversation("c1", Owner.PENDING, null))
        .with(FakeJournal.conversation("c2", Owner.BOT, null))
        .dead("c1", 4, "x");
    journal.duplicates = 9;
    new BatonMetrics(meters, journal, List.of());

    assertThat(meters.get("baton.conversations").tag("state", "pending").gauge().value())
        .isEqualTo(1);
    assertThat(meters.get("baton.conversations").tag("state", "agent").gauge().value()).isZero();
    assertThat(meters.get("baton.lane.depth").tag("lane", "hub").gauge().value()).isEqualTo(3);
    assertThat(meters.get("baton.dead.letters").gauge().value()).isEqualTo(1);
    assertThat(meters.get("baton.oldest.waiting.seconds").gauge().value()).isPositive();
    assertThat(meters.get("baton.duplicates").functionCounter().count()).isEqualTo(9);
  }

  private double count(String outcome) {
    return meters.get("baton.handoffs").tags("outcome", outcome, "hub", "acme").counter().count();
  }

  private static Conversation with(Phase phase) {
    Handoff handoff = FakeJournal.handoff("c1:1", phase);
    return FakeJournal.conversation("c1", Owner.AGENT, handoff);
  }
}
