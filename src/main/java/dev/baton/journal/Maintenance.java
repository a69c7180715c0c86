package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Writes that change what is there already: dead letters, deletion. */
final class Maintenance {
  private Maintenance() {}

  /** Puts a dead letter back, or drops it. */
  static final class DeadLetter extends Write<Boolean> {
    private final Lanes lanes;
    private final String conversation;
    private final long seq;
    private final boolean replay;

    DeadLetter(Lanes lanes, String conversation, long seq, boolean replay) {
      this.lanes = lanes;
      this.conversation = Text.clean(conversation);
      this.seq = seq;
      this.replay = replay;
    }

    @Override
    Boolean apply(Transaction transaction) throws SQLException {
      if (replay && isForAnAgentWhoIsGone(transaction)) {
        return refuse(
            new NotReplayableException(
                "The handoff of dead letter "
                    + conversation
                    + ':'
                    + seq
                    + " is over: no agent would get it. Drop it"));
      }
      // The count of attempts stays: the receiver may have got it in one of them.
      String set =
          replay ? "status = 'PENDING', due_at = null, first_at = null" : "status = 'DROPPED'";
      PreparedStatement update =
          transaction.prepared(
              "update entry set " + set + " where conversation = ? and id = ? and status = 'DEAD'");
      update.setString(1, conversation);
      update.setLong(2, seq);
      return update.executeUpdate() > 0;
    }

    /** What no agent got went to the bot when it was given up: it must not be heard again. */
    private boolean isForAnAgentWhoIsGone(Transaction transaction) throws SQLException {
      Conversation state = transaction.conversation(conversation).state;
      PreparedStatement query =
          transaction.prepared(
              EntryRow.SELECT
                  + "where e.conversation = ? and e.id = ? and e.status = 'DEAD'"
                  + " and e.lane = 'hub' and e.operation = 'send'");
      query.setString(1, conversation);
      query.setLong(2, seq);
      try (ResultSet row = query.executeQuery()) {
        if (state == null || !row.next()) {
          return false;
        }
        String handoffId = EntryRow.read(row).entry().body().path("handoffId").asText();
        Handoff handoff = state.handoff();
        return handoff == null || !handoff.isOpen() || !handoff.id().equals(handoffId);
      }
    }

    @Override
    void committed(Boolean found) {
      if (found && replay) {
        lanes.reset(conversation);
      }
    }

    @Override
    boolean isExclusive() {
      return true;
    }
  }

  /** Deletes conversations with all that belongs to them. */
  static final class Delete extends Write<Integer> {
    private static final List<String> STATEMENTS =
        List.of(
            "delete from entry where conversation = ?",
            "delete from event where conversation = ?",
            "delete from handoff where conversation = ?",
            "delete from document where conversation = ?",
            "delete from conversation where id = ?");

    private final Lanes lanes;
    private final StateCache cache;
    private final List<String> conversations;
    private final long endedBefore;
    private final boolean overwrite;

    /**
     * @param endedBefore those that ended later, or have not ended, are left alone; in milliseconds
     * @param overwrite whether the freed pages of a SQLite file are filled with zeros
     */
    Delete(
        Lanes lanes,
        StateCache cache,
        List<String> conversations,
        long endedBefore,
        boolean overwrite) {
      this.lanes = lanes;
      this.cache = cache;
      this.conversations = conversations;
      this.endedBefore = endedBefore;
      this.overwrite = overwrite;
    }

    @Override
    Integer apply(Transaction transaction) throws SQLException {
      Connection connection = transaction.connection();
      secureDelete(connection, overwrite);
      int deleted = 0;
      for (String conversation : conversations) {
        Conversation state = transaction.conversation(conversation).state;
        if (state != null && isOldEnough(state)) {
          for (String sql : STATEMENTS) {
            PreparedStatement delete = transaction.prepared(sql);
            delete.setString(1, conversation);
            delete.executeUpdate();
          }
          deleted++;
        }
        transaction.forget(conversation);
      }
      return deleted;
    }

    private boolean isOldEnough(Conversation state) {
      return endedBefore == Long.MAX_VALUE
          || (state.endedAt() != null && state.endedAt().toEpochMilli() < endedBefore);
    }

    private static void secureDelete(Connection connection, boolean on) throws SQLException {
      if (connection.getMetaData().getURL().startsWith("jdbc:sqlite:")) {
        try (Statement pragma = connection.createStatement()) {
          pragma.execute("pragma secure_delete = " + (on ? "on" : "off"));
        }
      }
    }

    @Override
    void committed(Integer deleted) {
      conversations.forEach(cache::remove);
      conversations.forEach(lanes::reset);
    }

    @Override
    boolean isExclusive() {
      return true;
    }
  }
}
