package dev.baton.journal;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;

/** The writer's prepared statements, and which of them have a batch to send. */
final class Statements {
  final PreparedStatement conversation;
  final PreparedStatement identifiedEvent;
  final PreparedStatement event;
  final PreparedStatement note;
  final PreparedStatement entry;
  final PreparedStatement mark;
  final PreparedStatement touch;
  final PreparedStatement state;
  final PreparedStatement handoff;
  final PreparedStatement pendingOfHub;
  final PreparedStatement result;

  private final Set<PreparedStatement> batched = new LinkedHashSet<>();

  Statements(Connection connection) throws SQLException {
    conversation =
        connection.prepareStatement(
            "select state, next_due, updated_at from conversation where id = ?");
    String insertEvent =
        "insert into event (id, conversation, source_id, body, note, at) values (?, ?, ?, ?, ?, ?)";
    identifiedEvent =
        connection.prepareStatement(
            insertEvent + " on conflict (conversation, source_id) do nothing");
    event = connection.prepareStatement(insertEvent);
    note = connection.prepareStatement("update event set note = ? where id = ?");
    entry =
        connection.prepareStatement(
            "insert into entry (id, conversation, lane, stream_no, event_id, operation, part,"
                + " body, status, attempts, at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, ?)");
    mark =
        connection.prepareStatement(
            "update entry set status = ?, attempts = ?, due_at = ?, first_at = ?, remote_id = ?,"
                + " cause = ? where id = ? and conversation = ? and status = 'PENDING'");
    touch = connection.prepareStatement("update conversation set state = ? where id = ?");
    state =
        connection.prepareStatement(
            "insert into conversation (id, bot, channel, customer_id, hub, owner, state, next_due,"
                + " requested_at, started_at, updated_at, ended_at)"
                + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict (id) do update set"
                + " bot = excluded.bot, channel = excluded.channel,"
                + " customer_id = excluded.customer_id, hub = excluded.hub,"
                + " owner = excluded.owner, state = excluded.state,"
                + " next_due = excluded.next_due, requested_at = excluded.requested_at,"
                + " started_at = excluded.started_at, updated_at = excluded.updated_at,"
                + " ended_at = excluded.ended_at");
    handoff =
        connection.prepareStatement(
            "insert into handoff (handoff_id, conversation, hub, hub_conversation_id)"
                + " values (?, ?, ?, ?) on conflict (handoff_id) do update set"
                + " conversation = excluded.conversation, hub = excluded.hub,"
                + " hub_conversation_id = excluded.hub_conversation_id");
    pendingOfHub =
        connection.prepareStatement(
            EntryRow.SELECT
                + "where e.conversation = ? and e.lane = 'hub' and e.status = 'PENDING'"
                + " order by e.id");
    result =
        connection.prepareStatement(
            "select e.body from event v join entry e on e.conversation = v.conversation"
                + " and e.event_id = v.id and e.stream_no is not null"
                + " where v.conversation = ? and v.source_id = ? order by e.stream_no limit 1");
  }

  void add(PreparedStatement statement) throws SQLException {
    statement.addBatch();
    batched.add(statement);
  }

  void executeBatches() throws SQLException {
    for (PreparedStatement statement : batched) {
      statement.executeBatch();
    }
    batched.clear();
  }

  void clearBatches() throws SQLException {
    identifiedEvent.clearBatch();
    for (PreparedStatement statement : batched) {
      statement.clearBatch();
    }
    batched.clear();
  }

  static void setInstant(PreparedStatement statement, int index, Instant value)
      throws SQLException {
    setLong(statement, index, value == null ? null : value.toEpochMilli());
  }

  static void setLong(PreparedStatement statement, int index, Long value) throws SQLException {
    if (value == null) {
      statement.setNull(index, Types.BIGINT);
    } else {
      statement.setLong(index, value);
    }
  }
}
