package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Agent;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.hub.desk.DeskProblem.Kind;
import dev.baton.journal.Journal;
import dev.baton.journal.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/** What the desk shows, read from the journal. Everything but {@link #summary} blocks. */
final class DeskView {
  static final int MAX_LINES = 1_000;

  private final Journal journal;
  private final Set<String> desks;
  private final LastLines lastLines;

  DeskView(Journal journal, Set<String> desks, LastLines lastLines) {
    this.journal = journal;
    this.desks = desks;
    this.lastLines = lastLines;
  }

  /** Waiting ones oldest first, the others latest first. */
  ArrayNode list(DeskState state, int limit) {
    List<Conversation> found = new ArrayList<>();
    for (String desk : desks) {
      for (Owner owner : owners(state)) {
        journal.list(null, desk, owner, null, limit).stream()
            .filter(each -> DeskState.of(each, desks).orElse(null) == state)
            .forEach(found::add);
      }
    }
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    found.stream()
        .sorted(order(state))
        .limit(limit)
        .map(each -> summary(each, state, lastLines.read(each).orElse(null)))
        .forEach(array::add);
    return array;
  }

  /** The conversation, when it is at the desk; throws a {@link DeskProblem} otherwise. */
  Conversation find(String id) {
    return journal
        .find(id)
        .filter(each -> DeskState.of(each, desks).isPresent())
        .orElseThrow(
            () ->
                new DeskProblem(
                    Kind.NO_CONVERSATION,
                    "It never came to this desk, has not reached it yet, or was purged."));
  }

  DeskState state(Conversation conversation) {
    return DeskState.of(conversation, desks).orElseThrow();
  }

  ObjectNode summary(Conversation conversation) {
    ObjectNode lastLine = lastLines.read(conversation).orElse(null);
    return summary(conversation, state(conversation), lastLine);
  }

  /** Summary, context and transcript; lines with a number greater than {@code after} only. */
  ObjectNode detail(Conversation conversation, long after) {
    ObjectNode detail = summary(conversation);
    addContext(conversation, detail);
    long first = Math.max(after, conversation.customerActivities() - 1 - MAX_LINES);
    Instant horizon = LastLines.horizon(conversation);
    ArrayNode transcript = detail.putArray("transcript");
    long number = first;
    for (StoredEntry entry : journal.customerStream(conversation.id(), first, MAX_LINES)) {
      number++;
      if (!entry.at().isAfter(horizon)) {
        DeskLine.of(entry, number, conversation.customer()).ifPresent(transcript::add);
      }
    }
    detail.put("transcriptCut", first > after);
    return detail;
  }

  static ObjectNode summary(Conversation conversation, DeskState state, ObjectNode lastLine) {
    Handoff handoff = conversation.handoff();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", conversation.id());
    json.put("state", state.id());
    json.putObject("customer")
        .put("id", conversation.customer().id())
        .put("name", conversation.customer().name());
    json.put("bot", conversation.bot());
    json.put("hub", handoff.hub());
    json.put("channel", conversation.channel());
    json.put("locale", conversation.locale());
    json.put("waitingSince", text(handoff.requestedAt()));
    json.put("updatedAt", text(conversation.updatedAt()));
    json.put("endedAt", text(handoff.endedAt()));
    json.put("activities", conversation.customerActivities());
    Agent agent = handoff.agent();
    if (agent == null) {
      json.putNull("agent");
    } else {
      json.putObject("agent").put("id", agent.id()).put("name", agent.name());
    }
    json.putObject("handoff")
        .put("id", handoff.id())
        .put("phase", handoff.phase().name())
        .put("hubConversationId", handoff.hubConversationId())
        .put("acceptedBefore", handoff.everAccepted());
    json.put("lastText", lastLine == null ? null : DeskLine.preview(lastLine));
    json.put("lastRole", lastLine == null ? null : lastLine.path("role").asText());
    json.put("lastAt", lastLine == null ? null : lastLine.path("at").asText());
    return json;
  }

  private void addContext(Conversation conversation, ObjectNode detail) {
    JsonNode value =
        journal.entries(conversation.id()).stream()
            .filter(entry -> entry.lane() == Lane.HUB && entry.operation().equals("open"))
            .filter(entry -> isOf(entry, conversation.handoff()))
            .reduce((earlier, later) -> later)
            .map(entry -> entry.body().path("activity").path("value"))
            .orElse(JsonNodeFactory.instance.nullNode());
    if (value.isObject()) {
      detail.set("context", value);
      JsonNode note = value.path("va_AgentMessage");
      detail.put("summary", note.isTextual() ? note.asText() : null);
    } else {
      // Some bots send a written summary, or any other JSON, instead of named variables.
      ObjectNode context = detail.putObject("context");
      detail.put("summary", value.isTextual() ? value.asText() : null);
      if (!value.isTextual() && !value.isNull() && !value.isMissingNode()) {
        context.set("value", value);
      }
    }
  }

  private static boolean isOf(StoredEntry entry, Handoff handoff) {
    return entry.body().path("handoffId").asText("").equals(handoff.id());
  }

  private static Comparator<Conversation> order(DeskState state) {
    return state == DeskState.WAITING
        ? Comparator.comparing(each -> each.handoff().requestedAt())
        : Comparator.comparing(Conversation::updatedAt).reversed();
  }

  private static List<Owner> owners(DeskState state) {
    return switch (state) {
      case WAITING -> List.of(Owner.PENDING);
      case ACTIVE -> List.of(Owner.AGENT);
      case ENDED -> List.of(Owner.BOT, Owner.ENDED);
    };
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
