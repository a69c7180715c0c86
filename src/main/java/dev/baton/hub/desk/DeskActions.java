package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Agent;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.hub.desk.DeskEvents.Outcome;
import dev.baton.hub.desk.DeskProblem.Kind;
import dev.baton.journal.UnknownConversationException;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an agent does at the desk, raised as hub events. Methods block until it is durable. */
final class DeskActions {
  private static final Logger LOG = LoggerFactory.getLogger(DeskActions.class);
  private static final long DURABLE_SECONDS = 20;

  private final DeskView view;
  private final DeskEvents events;
  private final Clock clock;

  /** Handoffs being accepted on this node at this moment. */
  private final Set<String> accepting = ConcurrentHashMap.newKeySet();

  DeskActions(DeskView view, DeskEvents events, Clock clock) {
    this.view = view;
    this.events = events;
    this.clock = clock;
  }

  /** Takes a waiting conversation; taking it twice is one taking. */
  ObjectNode accept(String id, Agent agent) {
    Conversation conversation = view.find(id);
    Handoff handoff = conversation.handoff();
    if (!accepting.add(handoff.id())) {
      throw new DeskProblem(Kind.TAKEN, "Another agent is just accepting it.");
    }
    try {
      // Read again: it may have been accepted between the first look and the guard.
      conversation = view.find(id);
      switch (view.state(conversation)) {
        case ENDED -> throw ended();
        case ACTIVE -> requireAgent(conversation, Optional.of(agent));
        case WAITING -> {
          // One id for the first acceptance, whichever node raises it: the journal keeps one only.
          String eventId =
              handoff.id() + ":accepted" + (handoff.everAccepted() ? ":" + UUID.randomUUID() : "");
          ObjectNode event = event(handoff, "accepted", eventId);
          put(event, agent);
          record(handoff, event);
          conversation = view.find(id);
          requireAgent(conversation, Optional.of(agent));
          if (view.state(conversation) == DeskState.WAITING) {
            throw notRecorded(handoff, event, null);
          }
        }
      }
      return view.summary(conversation);
    } finally {
      accepting.remove(handoff.id());
    }
  }

  /**
   * Sends a message to the customer.
   *
   * @param messageId the client's own id of it, or null; a repeat with the same id is not sent
   *     again
   * @return {@code {id, duplicate}}
   */
  ObjectNode say(String id, Optional<Agent> agent, String text, String messageId) {
    Conversation conversation = requireActive(id, agent);
    Handoff handoff = conversation.handoff();
    String own = messageId == null ? UUID.randomUUID().toString() : messageId;
    ObjectNode event = event(handoff, "message", handoff.id() + ":message:" + own);
    put(event, agent.orElse(handoff.agent()));
    event.putObject("message").put("id", own).put("text", text).put("format", "plain");
    Outcome outcome = record(handoff, event);
    if (outcome.activity() == null) {
      throw ended(); // it ended in this instant: nobody will read the message
    }
    return JsonNodeFactory.instance
        .objectNode()
        .put("id", own)
        .put("duplicate", outcome.duplicate());
  }

  void typing(String id, Optional<Agent> agent, boolean on) {
    Conversation conversation = requireActive(id, agent);
    Handoff handoff = conversation.handoff();
    ObjectNode event = event(handoff, "typing", UUID.randomUUID().toString()).put("on", on);
    put(event, agent.orElse(handoff.agent()));
    raise(handoff, event);
  }

  /** Puts the conversation back among the waiting ones, for another agent. */
  ObjectNode leave(String id, Optional<Agent> agent) {
    Conversation conversation = requireActive(id, agent);
    Handoff handoff = conversation.handoff();
    ObjectNode event = event(handoff, "agentLeft", UUID.randomUUID().toString());
    put(event, agent.orElse(handoff.agent()));
    record(handoff, event);
    return view.summary(view.find(id));
  }

  /** Ends an active conversation, turns a waiting one down; ending an ended one changes nothing. */
  ObjectNode end(String id, Optional<Agent> agent, String reason) {
    Conversation conversation = view.find(id);
    Handoff handoff = conversation.handoff();
    switch (view.state(conversation)) {
      case ENDED -> {
        return view.summary(conversation);
      }
      case ACTIVE -> {
        requireAgent(conversation, agent);
        ObjectNode event = event(handoff, "ended", handoff.id() + ":ended").put("by", "AGENT");
        event.put("reason", reason == null ? "RESOLVED" : reason);
        put(event, handoff.agent());
        record(handoff, event);
      }
      case WAITING ->
          record(
              handoff,
              event(handoff, "rejected", handoff.id() + ":rejected").put("reason", "REFUSED"));
    }
    return view.summary(view.find(id));
  }

  private Conversation requireActive(String id, Optional<Agent> agent) {
    Conversation conversation = view.find(id);
    switch (view.state(conversation)) {
      case ENDED -> throw ended();
      case WAITING -> throw new DeskProblem(Kind.NOT_ACCEPTED, "Accept the conversation first.");
      case ACTIVE -> requireAgent(conversation, agent);
    }
    return conversation;
  }

  private void requireAgent(Conversation conversation, Optional<Agent> agent) {
    Agent owner = conversation.handoff().agent();
    if (view.state(conversation) == DeskState.ENDED) {
      throw ended();
    }
    if (agent.isPresent()
        && owner != null
        && owner.id() != null
        && !Objects.equals(owner.id(), agent.get().id())) {
      String name = owner.name() == null ? owner.id() : owner.name();
      throw new DeskProblem(Kind.TAKEN, "The conversation is with " + name + ".");
    }
  }

  private static DeskProblem ended() {
    return new DeskProblem(
        Kind.ENDED, "The customer is back with the bot, or the conversation is closed.");
  }

  private ObjectNode event(Handoff handoff, String type, String eventId) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("eventId", eventId).put("type", type).put("handoffId", handoff.id());
    if (handoff.hubConversationId() != null) {
      event.put("conversationId", handoff.hubConversationId());
    }
    return event.put("occurredAt", clock.instant().toString());
  }

  private static void put(ObjectNode event, Agent agent) {
    if (agent != null) {
      event.putObject("agent").put("id", agent.id()).put("name", agent.name());
    }
  }

  /** Raises an event that must not get lost. */
  private Outcome record(Handoff handoff, ObjectNode event) {
    Outcome outcome = raise(handoff, event);
    if (!outcome.recorded()) {
      throw notRecorded(handoff, event, null);
    }
    return outcome;
  }

  private Outcome raise(Handoff handoff, ObjectNode event) {
    try {
      return events.raise(handoff.hub(), event).get(DURABLE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw notRecorded(handoff, event, e);
    } catch (ExecutionException | CompletionException | TimeoutException e) {
      if (e.getCause() instanceof UnknownConversationException) {
        throw new DeskProblem(Kind.NO_CONVERSATION, "It has been purged meanwhile.");
      }
      throw notRecorded(handoff, event, e);
    }
  }

  private static DeskProblem notRecorded(Handoff handoff, ObjectNode event, Exception cause) {
    LOG.warn("Event {} of handoff {} was not recorded", event.path("type"), handoff.id(), cause);
    return new DeskProblem(
        Kind.NOT_RECORDED,
        "Nothing is known to be stored. Send the same request, with the same id, again.",
        1,
        cause);
  }
}
