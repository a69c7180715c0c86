package dev.baton.operations;

import dev.baton.journal.Journal;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Whether the journal can be read: without it the node can do nothing and is not ready. */
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
    try {
      journal.list(null, null, null, null, 1);
      builder.up();
    } catch (RuntimeException e) {
      builder.message("The store cannot be read").error(e).down();
    }
  }
}
