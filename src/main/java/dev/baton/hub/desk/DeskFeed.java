package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Lane;
import dev.baton.hub.desk.DeskProblem.Kind;
import dev.baton.journal.JournalListener;
import dev.baton.journal.StoredEntry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Turns what becomes durable in the journal into server-sent events for every open desk. */
final class DeskFeed implements JournalListener {
  private static final int MAX_STREAMS = 500;
  private static final long HEARTBEAT_MILLIS = 15_000;

  private final Vertx vertx;
  private final Set<String> desks;
  private final LastLines lastLines;
  private final Set<DeskStream> streams = ConcurrentHashMap.newKeySet();

  /** States of conversations that are waiting or active, to tell what a change is. */
  private final Map<String, DeskState> open = new ConcurrentHashMap<>();

  private final String start = UUID.randomUUID().toString().substring(0, 8);
  private final AtomicLong number = new AtomicLong();
  private final long heartbeat;

  DeskFeed(Vertx vertx, Set<String> desks, LastLines lastLines) {
    this.vertx = vertx;
    this.desks = desks;
    this.lastLines = lastLines;
    this.heartbeat =
        vertx.setPeriodic(HEARTBEAT_MILLIS, timer -> streams.forEach(DeskStream::beat));
  }

  /** Whether an agent has the desk open on this node. */
  boolean hasAgents() {
    return !streams.isEmpty();
  }

  /** Serves the stream; called on the connection's event loop. */
  void serve(HttpServerResponse response) {
    if (streams.size() >= MAX_STREAMS) {
      throw new DeskProblem(
          Kind.TOO_MANY_STREAMS, "This node serves " + MAX_STREAMS + " already.", 30, null);
    }
    DeskStream stream = new DeskStream(vertx.getOrCreateContext(), response, this::frame);
    streams.add(stream);
    response.closeHandler(closed -> streams.remove(stream));
    response.exceptionHandler(failure -> streams.remove(stream));
    stream.begin();
  }

  @Override
  public void committed(Conversation conversation, List<StoredEntry> entries) {
    Optional<DeskState> state = DeskState.of(conversation, desks);
    if (state.isEmpty()) {
      open.remove(conversation.id());
      return;
    }
    DeskState now = state.get();
    DeskState before =
        now == DeskState.ENDED ? open.remove(conversation.id()) : open.put(conversation.id(), now);
    boolean endedJustNow =
        conversation.handoff().endedAt() != null
            && !conversation.handoff().endedAt().isBefore(conversation.updatedAt());
    if (now == DeskState.ENDED && before == null && !endedJustNow) {
      return;
    }
    ArrayNode lines = lines(conversation, entries);
    lastLines.note(conversation, lastSaid(lines));
    if (streams.isEmpty()) {
      return;
    }
    ObjectNode data = JsonNodeFactory.instance.objectNode();
    ObjectNode last = lastLines.remembered(conversation).orElse(null);
    data.set("conversation", DeskView.summary(conversation, now, last));
    data.set("lines", lines);
    publish(type(before, now, lines), data);
  }

  /** Shows that the customer types, or stopped. */
  void typing(String conversation, boolean on) {
    if (!streams.isEmpty()) {
      publish(
          "typing", JsonNodeFactory.instance.objectNode().put("id", conversation).put("on", on));
    }
  }

  void close() {
    vertx.cancelTimer(heartbeat);
    streams.forEach(DeskStream::end);
    streams.clear();
  }

  private static String type(DeskState before, DeskState now, ArrayNode lines) {
    if (before != now) {
      return switch (now) {
        case WAITING -> "waiting";
        case ACTIVE -> before == null && !lines.isEmpty() ? "message" : "accepted";
        case ENDED -> "ended";
      };
    }
    return lines.isEmpty() ? "changed" : "message";
  }

  private static ObjectNode lastSaid(ArrayNode lines) {
    for (int i = lines.size() - 1; i >= 0; i--) {
      if (DeskLine.isSaid((ObjectNode) lines.get(i))) {
        return (ObjectNode) lines.get(i);
      }
    }
    return null;
  }

  private static ArrayNode lines(Conversation conversation, List<StoredEntry> entries) {
    List<StoredEntry> customer =
        entries.stream().filter(entry -> entry.lane() == Lane.CUSTOMER).toList();
    ArrayNode lines = JsonNodeFactory.instance.arrayNode();
    long first = conversation.customerActivities() - customer.size();
    for (int i = 0; i < customer.size(); i++) {
      DeskLine.of(customer.get(i), first + i, conversation.customer()).ifPresent(lines::add);
    }
    return lines;
  }

  private void publish(String type, ObjectNode data) {
    String frame = frame(type, data);
    streams.forEach(stream -> stream.send(frame));
  }

  private String frame(String type, ObjectNode data) {
    // JSON written by Jackson holds no line break, so that one data line carries all of it.
    return "id: "
        + start
        + '-'
        + number.incrementAndGet()
        + "\nevent: "
        + type
        + "\ndata: "
        + data
        + "\n\n";
  }
}
