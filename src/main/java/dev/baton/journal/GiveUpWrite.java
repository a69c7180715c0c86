package dev.baton.journal;

import dev.baton.conversation.Event;
import java.sql.SQLException;

/** Makes an entry a dead letter and lets the core decide what follows, in one transaction. */
final class GiveUpWrite extends AppendWrite {
  private final LaneMark mark;
  private final Runnable then;

  GiveUpWrite(
      Core core, StoredEntry entry, LaneMark mark, DeliveryException.Reason reason, Runnable then) {
    super(
        core,
        entry.conversation(),
        null,
        new Event.DeliveryFailed(
            entry.lane(),
            entry.operation(),
            entry.seq(),
            entry.body(),
            reason.name(),
            mark.cause()));
    this.mark = mark;
    this.then = then;
  }

  @Override
  Appended apply(Transaction transaction) throws SQLException {
    return transaction.markNow(mark) ? super.apply(transaction) : null;
  }

  @Override
  void committed(Appended outcome) {
    super.committed(outcome);
    then.run();
  }
}
