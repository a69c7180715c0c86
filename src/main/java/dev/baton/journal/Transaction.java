package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The writer's connection and what the running transaction has gathered. Inserts and updates are
 * sent in batches, which matters where the database is a network away.
 */
final class Transaction {
  private final Connection connection;
  private final StateCache cache;
  private final Statements statements;

  private final Map<String, PreparedStatement> prepared = new HashMap<>();
  private final Map<String, Working> conversations = new HashMap<>();
  private final Map<String, String> results = new HashMap<>();
  private final List<AppendWrite> identified = new ArrayList<>();

  private long lastEvent;
  private long lastEntry;

  Transaction(Connection connection, StateCache cache) throws SQLException {
    this.connection = connection;
    this.lastEvent = highest("event");
    this.lastEntry = highest("entry");
    this.cache = cache;
    this.statements = new Statements(connection);
  }

  private long highest(String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select coalesce(max(id), 0) from " + table)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** The number of the next event, over all conversations. A roll-back leaves a gap. */
  long nextEvent() {
    return ++lastEvent;
  }

  /** The same for entries. */
  long nextEntry() {
    return ++lastEntry;
  }

  Connection connection() {
    return connection;
  }

  /** A statement that is prepared once and closed with the connection. */
  PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement statement = prepared.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      prepared.put(sql, statement);
    }
    return statement;
  }

  /** The conversation as the transaction sees it; one that does not exist has no state. */
  Working conversation(String id) throws SQLException {
    Working working = conversations.get(id);
    if (working == null) {
      StateCache.Known known = cache.get(id);
      if (known == null) {
        known = load(id);
      }
      working = new Working(id, known);
      conversations.put(id, working);
    }
    return working;
  }

  private StateCache.Known load(String id) throws SQLException {
    PreparedStatement query = statements.conversation;
    query.setString(1, id);
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? new StateCache.Known(
              Json.read(row.getString(1), Conversation.class),
              EntryRow.instant(row, "next_due"),
              Instant.ofEpochMilli(row.getLong("updated_at")))
          : null;
    }
  }

  /** Registers an append whose event row tells whether its source id is new. */
  void identify(AppendWrite append, EventRow row) throws SQLException {
    bind(statements.identifiedEvent, row);
    statements.identifiedEvent.addBatch();
    identified.add(append);
  }

  void insertIdentified() throws SQLException {
    if (identified.isEmpty()) {
      return;
    }
    int[] counts = statements.identifiedEvent.executeBatch();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] < 0) { // then a repeat could not be told from news
        throw new SQLException(
            "The driver does not count what it inserts: remove reWriteBatchedInserts from the URL");
      }
      identified.get(i).setRepeated(counts[i] == 0);
    }
    identified.clear();
  }

  void insertEvent(EventRow row) throws SQLException {
    bind(statements.event, row);
    statements.add(statements.event);
  }

  private static void bind(PreparedStatement insert, EventRow row) throws SQLException {
    insert.setLong(1, row.id());
    insert.setString(2, Text.clean(row.conversation()));
    insert.setString(3, Text.clean(row.sourceId()));
    insert.setString(4, Text.clean(row.body()));
    insert.setString(5, Text.clean(Text.brief(row.note())));
    insert.setLong(6, row.at().toEpochMilli());
  }

  /** Adds the note to an event whose row was inserted before it was decided on. */
  void note(long event, String note) throws SQLException {
    PreparedStatement update = statements.note;
    update.setString(1, Text.clean(Text.brief(note)));
    update.setLong(2, event);
    statements.add(update);
  }

  void insert(EntryRow row) throws SQLException {
    StoredEntry entry = row.entry();
    PreparedStatement insert = statements.entry;
    insert.setLong(1, entry.seq());
    insert.setString(2, entry.conversation());
    insert.setString(3, entry.lane().id());
    Statements.setLong(insert, 4, row.streamNo());
    insert.setLong(5, row.eventId());
    insert.setString(6, entry.operation());
    insert.setInt(7, row.part());
    insert.setString(8, Text.clean(row.bodyColumn()));
    insert.setString(9, entry.status().name());
    insert.setLong(10, entry.at().toEpochMilli());
    statements.add(insert);
  }

  /** Records a delivery's outcome of an entry that still waits. */
  void mark(LaneMark mark) throws SQLException {
    bind(mark);
    statements.add(statements.mark);
  }

  /** The same at once. @return false when the entry waits no longer */
  boolean markNow(LaneMark mark) throws SQLException {
    flush();
    bind(mark);
    return statements.mark.executeUpdate() > 0;
  }

  private void bind(LaneMark mark) throws SQLException {
    PreparedStatement update = statements.mark;
    update.setString(1, mark.status().name());
    update.setInt(2, mark.attempts());
    Statements.setInstant(update, 3, mark.dueAt());
    Statements.setInstant(update, 4, mark.firstAt());
    update.setString(5, Text.clean(mark.remoteId()));
    update.setString(6, Text.clean(Text.brief(mark.cause())));
    update.setLong(7, mark.seq());
    update.setString(8, mark.conversation());
  }

  /** Entries that wait in a conversation's hub lane, in order. */
  List<EntryRow> pendingOfHub(String conversation) throws SQLException {
    flush();
    PreparedStatement query = statements.pendingOfHub;
    query.setString(1, conversation);
    List<EntryRow> rows = new ArrayList<>();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        rows.add(EntryRow.read(row));
      }
    }
    return rows;
  }

  void withdraw(StoredEntry entry, String cause) throws SQLException {
    mark(
        new LaneMark(
            entry.conversation(),
            entry.seq(),
            StoredEntry.Status.DROPPED,
            entry.attempts(),
            null,
            null,
            null,
            cause));
  }

  void handoff(String conversation, Handoff handoff) throws SQLException {
    PreparedStatement upsert = statements.handoff;
    upsert.setString(1, Text.clean(handoff.id()));
    upsert.setString(2, conversation);
    upsert.setString(3, Text.clean(handoff.hub()));
    upsert.setString(4, Text.clean(handoff.hubConversationId()));
    statements.add(upsert);
  }

  void remember(String conversation, String sourceId, String result) {
    results.put(conversation + '\n' + sourceId, result);
  }

  /** What the first append with this source id resulted in. */
  String resultOf(String conversation, String sourceId) throws SQLException {
    String key = conversation + '\n' + sourceId;
    if (sourceId == null || results.containsKey(key)) {
      return results.get(key);
    }
    PreparedStatement query = statements.result;
    query.setString(1, conversation);
    query.setString(2, Text.clean(sourceId));
    try (ResultSet row = query.executeQuery()) {
      return row.next()
          ? Json.read(row.getString(1), com.fasterxml.jackson.databind.node.ObjectNode.class)
              .path("id")
              .asText(null)
          : null;
    }
  }

  /** The conversation was deleted by this transaction. */
  void forget(String conversation) {
    conversations.remove(conversation);
  }

  /** Sends what was gathered. */
  void flush() throws SQLException {
    for (Working working : conversations.values()) {
      if (working.changed) {
        boolean allColumns = working.needsAllColumns();
        if (allColumns) {
          upsert(working);
        } else {
          touch(working);
        }
        working.written(allColumns);
      }
    }
    statements.executeBatches();
  }

  private void touch(Working working) throws SQLException {
    PreparedStatement update = statements.touch;
    update.setString(1, Text.clean(Json.write(working.state)));
    update.setString(2, working.id);
    statements.add(update);
  }

  private void upsert(Working working) throws SQLException {
    Conversation state = working.state;
    PreparedStatement upsert = statements.state;
    upsert.setString(1, working.id);
    upsert.setString(2, state.bot());
    upsert.setString(3, state.channel());
    upsert.setString(4, state.customer() == null ? null : Text.clean(state.customer().id()));
    upsert.setString(5, Working.hub(state));
    upsert.setString(6, state.owner().name());
    upsert.setString(7, Text.clean(Json.write(state)));
    Statements.setInstant(upsert, 8, roundedUp(state.nextDue()));
    Statements.setInstant(upsert, 9, Working.requestedAt(state));
    Statements.setInstant(upsert, 10, state.startedAt());
    upsert.setLong(11, state.updatedAt().toEpochMilli());
    Statements.setInstant(upsert, 12, state.endedAt());
    statements.add(upsert);
  }

  private static Instant roundedUp(Instant due) {
    return due == null || due.getNano() % 1_000_000 == 0 ? due : due.plusMillis(1);
  }

  void commit() throws SQLException {
    flush();
    connection.commit();
    for (Working working : conversations.values()) {
      if (working.stored() != null) {
        cache.put(working.id, working.stored());
      }
    }
    clear();
  }

  void rollback() throws SQLException {
    conversations.keySet().forEach(cache::remove);
    clear();
    statements.clearBatches();
    connection.rollback();
  }

  private void clear() {
    conversations.clear();
    results.clear();
    identified.clear();
  }
}
