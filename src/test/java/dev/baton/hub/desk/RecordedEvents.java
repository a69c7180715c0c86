package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Agent;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Handoff.Phase;
import dev.baton.conversation.Owner;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** Records hub events, drops repeats, and does to the memory journal what the core would do. */
final class RecordedEvents implements DeskEvents {
  final List<ObjectNode> raised = new CopyOnWriteArrayList<>();
  volatile RuntimeException failure;
  volatile boolean lost;
  volatile CompletableFuture<Void> hold = CompletableFuture.completedFuture(null);
  final AtomicInteger asked = new AtomicInteger();
  private final Set<String> seen = new HashSet<>();
  private final MemoryJournal journal;

  RecordedEvents(MemoryJournal journal) {
    this.journal = journal;
  }

  @Override
  public CompletableFuture<Outcome> raise(String hub, ObjectNode event) {
    asked.incrementAndGet();
    RuntimeException fault = failure;
    if (fault != null) {
      return CompletableFuture.failedFuture(fault);
    }
    return hold.thenApply(
        go -> {
          boolean fresh;
          synchronized (seen) {
            fresh = seen.add(event.path("eventId").asText());
          }
          if (fresh) {
            raised.add(event);
            apply(event);
          }
          boolean typing = event.path("type").asText().equals("typing");
          return new Outcome(!typing, !fresh, lost ? null : "activity");
        });
  }

  List<String> types() {
    return raised.stream().map(each -> each.path("type").asText()).toList();
  }

  private void apply(ObjectNode event) {
    String handoffId = event.path("handoffId").asText();
    String id = handoffId.substring(0, handoffId.lastIndexOf(':'));
    JsonNode who = event.path("agent");
    Agent agent = new Agent(who.path("id").asText(null), who.path("name").asText(null));
    Instant now = Instant.now();
    switch (event.path("type").asText()) {
      case "accepted" -> journal.change(id, Owner.AGENT, was(Phase.ACCEPTED, agent, null), now);
      case "message" ->
          journal.say(id, "agent", agent.name(), event.path("message").path("text").asText(), now);
      case "agentLeft" -> journal.change(id, Owner.PENDING, was(Phase.QUEUED, null, null), now);
      case "ended" -> journal.change(id, Owner.BOT, was(Phase.COMPLETED, agent, now), now);
      case "rejected" -> journal.change(id, Owner.BOT, was(Phase.REJECTED, null, now), now);
      default -> {}
    }
  }

  private static UnaryOperator<Handoff> was(Phase phase, Agent agent, Instant endedAt) {
    return before ->
        new Handoff(
            before.id(),
            before.eventId(),
            before.replyToId(),
            phase,
            before.hub(),
            before.hubConversationId(),
            agent,
            before.everAccepted() || phase == Phase.ACCEPTED,
            before.requestedAt(),
            endedAt);
  }
}
