package dev.baton.journal;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Small JSON documents by kind and id, as durable as the journal's events and written with them:
 * settings, sessions, parked events. Those of a conversation are deleted with it.
 */
public final class DocumentStore {
  /**
   * @param conversation the conversation that it belongs to, or null
   * @param body JSON
   */
  public record Document(String id, String conversation, String body) {}

  private final SqlJournal journal;

  DocumentStore(SqlJournal journal) {
    this.journal = journal;
  }

  /** Stores or replaces. @return completes when it is durable */
  public CompletableFuture<Void> put(String kind, String id, String body) {
    return put(kind, id, null, body);
  }

  /**
   * Stores or replaces.
   *
   * @param conversation when it is purged or erased, so is the document; may be null
   * @return completes when it is durable
   */
  public CompletableFuture<Void> put(String kind, String id, String conversation, String body) {
    return journal.submit(
        new SqlWrite(
            "insert into document (kind, id, conversation, body, at) values (?, ?, ?, ?, ?)"
                + " on conflict (kind, id) do update set conversation = excluded.conversation,"
                + " body = excluded.body, at = excluded.at",
            kind,
            id,
            conversation,
            body,
            journal.clock().millis()));
  }

  /**
   * @return completes when it is durably gone, also when there was none
   */
  public CompletableFuture<Void> delete(String kind, String id) {
    return journal.submit(new SqlWrite("delete from document where kind = ? and id = ?", kind, id));
  }

  /** Reads from disk: never on an event loop. */
  public Optional<String> get(String kind, String id) {
    return journal.read(reads -> reads.document(kind, id));
  }

  /** All of a kind, oldest first. Reads from disk: never on an event loop. */
  public List<Document> list(String kind) {
    return journal.read(reads -> reads.documents(kind));
  }

  private static final class SqlWrite extends Write<Void> {
    private final String sql;
    private final Object[] arguments;

    SqlWrite(String sql, Object... arguments) {
      this.sql = sql;
      this.arguments = arguments;
    }

    @Override
    Void apply(Transaction transaction) throws SQLException {
      PreparedStatement statement = transaction.prepared(sql);
      for (int i = 0; i < arguments.length; i++) {
        Object argument = arguments[i];
        statement.setObject(i + 1, argument instanceof String text ? Text.clean(text) : argument);
      }
      statement.executeUpdate();
      return null;
    }
  }
}
