package dev.baton.operations;

import dev.baton.journal.Journal;
import dev.baton.journal.JournalState;
import dev.baton.journal.SqlJournal;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Whether the journal can be read and this node is the one that appends: otherwise it is not ready,
 * and a load balancer turns to the active one.
 */
public final class StoreCheck extends AbstractHealthCheck {
  private final Journal journal;

  public StoreCheck(Journal journal) {
    super("baton", "store");
    this.journal = journal;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    if (journal instanceof SqlJournal sql && sql.state() != JournalState.ACTIVE) {
      builder
          .detail("state", sql.state().name())
          .message("This node may not append now: " + sql.state())
          .down();
      return;
    }
    try {
      journal.list(null, null, null, null, 1);
      builder.up();
    } catch (RuntimeException e) {
      builder.message("The store cannot be read").error(e).down();
    }
  }
}
