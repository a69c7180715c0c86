package dev.baton.journal;

import dev.baton.conversation.Conversation;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Queries, each on a connection of the readers' pool. */
final class Reads {
  private final Store store;

  Reads(Store store) {
    this.store = store;
  }

  @FunctionalInterface
  private interface Mapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  Optional<Conversation> conversation(String id) throws SQLException {
    return first(query(Reads::state, "select state from conversation where id = ?", id));
  }

  Optional<String> byHubConversation(String hub, String hubConversationId) throws SQLException {
    return first(
        query(
            row -> row.getString(1),
            "select conversation from handoff where hub = ? and hub_conversation_id = ?",
            hub,
            hubConversationId));
  }

  /** What the handoff index knows: hub and the hub's own id, each may be null. */
  Optional<String[]> handoff(String handoffId) throws SQLException {
    return first(
        query(
            row -> new String[] {row.getString(1), row.getString(2)},
            "select hub, hub_conversation_id from handoff where handoff_id = ?",
            handoffId));
  }

  List<Conversation> list(String bot, String hub, Owner owner, String customerId, int limit)
      throws SQLException {
    StringBuilder sql = new StringBuilder("select state from conversation where 1 = 1");
    List<Object> arguments = new ArrayList<>();
    filter(sql, arguments, "bot", bot);
    filter(sql, arguments, "hub", hub);
    filter(sql, arguments, "customer_id", customerId);
    if (owner == Owner.PENDING || owner == Owner.AGENT) {
      sql.append(" and owner in ('PENDING', 'AGENT')"); // lets the planner use the partial index
    }
    filter(sql, arguments, "owner", owner == null ? null : owner.name());
    sql.append(" order by updated_at desc limit ?");
    arguments.add(limit);
    List<Conversation> found = query(Reads::state, sql.toString(), arguments.toArray());
    found.sort(Comparator.comparing(Conversation::updatedAt).reversed());
    return found;
  }

  private static void filter(
      StringBuilder sql, List<Object> arguments, String column, String value) {
    if (value != null) {
      sql.append(" and ").append(column).append(" = ?");
      arguments.add(value);
    }
  }

  List<StoredEntry> customerStream(String conversation, long after, int limit) throws SQLException {
    return query(
        row -> EntryRow.read(row).entry(),
        EntryRow.SELECT
            + "where e.conversation = ? and e.stream_no > ?"
            + " order by e.stream_no limit ?",
        conversation,
        after,
        limit);
  }

  List<StoredEntry> entries(String conversation) throws SQLException {
    return query(
        row -> EntryRow.read(row).entry(),
        EntryRow.SELECT + "where e.conversation = ? order by e.id",
        conversation);
  }

  List<StoredEntry> deadLetters(String conversation, int limit) throws SQLException {
    return conversation == null
        ? query(
            row -> EntryRow.read(row).entry(),
            EntryRow.SELECT + "where e.status = 'DEAD' order by e.id limit ?",
            limit)
        : query(
            row -> EntryRow.read(row).entry(),
            EntryRow.SELECT
                + "where e.status = 'DEAD' and e.conversation = ? order by e.id limit ?",
            conversation,
            limit);
  }

  List<String> conversationsWithPending(Lane lane) throws SQLException {
    return query(
        row -> row.getString(1),
        "select distinct conversation from entry where lane = ? and status = 'PENDING'",
        lane.id());
  }

  List<EntryRow> pending(Lane lane, String conversation, int limit) throws SQLException {
    return query(
        EntryRow::read,
        EntryRow.SELECT
            + "where e.lane = ? and e.conversation = ? and e.status = 'PENDING'"
            + " order by e.id limit ?",
        lane.id(),
        conversation,
        limit);
  }

  long count(Lane lane, StoredEntry.Status status) throws SQLException {
    // The status stands in the text so that the partial indexes are used.
    return query(
            row -> row.getLong(1),
            "select count(*) from entry where status = '" + status.name() + "' and lane = ?",
            lane.id())
        .get(0);
  }

  JournalStatistics.Snapshot statistics() throws SQLException {
    Map<Owner, Long> owners = new EnumMap<>(Owner.class);
    counts("select owner, count(*) from conversation group by owner")
        .forEach((owner, count) -> owners.put(Owner.valueOf(owner), count));
    Map<Lane, Long> depths = new EnumMap<>(Lane.class);
    counts("select lane, count(*) from entry where status = 'PENDING' group by lane")
        .forEach((lane, count) -> depths.put(Lane.valueOf(lane.toUpperCase(Locale.ROOT)), count));
    Long oldest =
        query(
                row -> nullable(row, 1),
                "select min(requested_at) from conversation"
                    + " where owner in ('PENDING', 'AGENT') and owner = 'PENDING'")
            .get(0);
    return new JournalStatistics.Snapshot(
        owners,
        counts("select bot, count(*) from conversation where owner <> 'ENDED' group by bot"),
        counts(
            "select hub, count(*) from conversation where owner in ('PENDING', 'AGENT')"
                + " and hub is not null group by hub"),
        depths,
        query(row -> row.getLong(1), "select count(*) from entry where status = 'DEAD'").get(0),
        oldest == null ? null : Instant.ofEpochMilli(oldest));
  }

  private Map<String, Long> counts(String sql) throws SQLException {
    Map<String, Long> counts = new TreeMap<>();
    query(row -> counts.put(row.getString(1), row.getLong(2)), sql);
    return counts;
  }

  private static Long nullable(ResultSet row, int column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? null : value;
  }

  List<Conversation> due(long now, int limit) throws SQLException {
    return query(
        Reads::state,
        "select state from conversation where next_due is not null and next_due <= ?"
            + " order by next_due limit ?",
        now,
        limit);
  }

  /** When the earliest time-out of any conversation is due, in milliseconds. */
  Optional<Long> nextDue() throws SQLException {
    return first(
        query(
            row -> row.getLong(1),
            "select next_due from conversation where next_due is not null"
                + " order by next_due limit 1"));
  }

  List<String> ofCustomer(String customerId) throws SQLException {
    return query(
        row -> row.getString(1),
        "select id from conversation where customer_id = ? order by started_at, id",
        customerId);
  }

  List<String> endedBefore(long millis, int limit) throws SQLException {
    return query(
        row -> row.getString(1),
        "select id from conversation where ended_at is not null and ended_at < ?"
            + " order by ended_at limit ?",
        millis,
        limit);
  }

  List<EventRow> events(String conversation) throws SQLException {
    return query(
        row ->
            new EventRow(
                row.getLong(1),
                conversation,
                row.getString(2),
                row.getString(3),
                row.getString(4),
                Instant.ofEpochMilli(row.getLong(5))),
        "select id, source_id, body, note, at from event where conversation = ? order by id",
        conversation);
  }

  Optional<String> document(String kind, String id) throws SQLException {
    return first(
        query(
            row -> row.getString(1),
            "select body from document where kind = ? and id = ?",
            kind,
            id));
  }

  List<DocumentStore.Document> documents(String kind) throws SQLException {
    return query(
        Reads::document,
        "select id, conversation, body from document where kind = ? order by at, id",
        kind);
  }

  List<DocumentStore.Document> documentsOf(String conversation) throws SQLException {
    return query(
        Reads::document,
        "select id, conversation, body from document where conversation = ? order by kind, id",
        conversation);
  }

  private static DocumentStore.Document document(ResultSet row) throws SQLException {
    return new DocumentStore.Document(row.getString(1), row.getString(2), row.getString(3));
  }

  private static Conversation state(ResultSet row) throws SQLException {
    return Json.read(row.getString(1), Conversation.class);
  }

  private static <T> Optional<T> first(List<T> rows) {
    return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(0));
  }

  private <T> List<T> query(Mapper<T> mapper, String sql, Object... arguments) throws SQLException {
    try (Connection connection = store.read();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        Object argument = arguments[i];
        statement.setObject(i + 1, argument instanceof String text ? Text.clean(text) : argument);
      }
      try (ResultSet row = statement.executeQuery()) {
        List<T> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(mapper.map(row));
        }
        return rows;
      }
    }
  }
}
