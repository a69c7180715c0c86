package dev.baton.journal;

import java.sql.SQLException;

/** Makes a delivery's outcome durable. */
final class LaneMarkWrite extends Write<Void> {
  private final LaneMark mark;
  private final Runnable then;

  LaneMarkWrite(LaneMark mark, Runnable then) {
    this.mark = mark;
    this.then = then;
  }

  @Override
  Void apply(Transaction transaction) throws SQLException {
    transaction.mark(mark);
    return null;
  }

  @Override
  void committed(Void outcome) {
    then.run();
  }
}
