package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.journal.Appended;
import dev.baton.journal.Journal;
import dev.baton.journal.JournalListener;
import dev.baton.journal.StoredEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/** A journal in memory whose states the test writes itself; it knows no rules. */
final class MemoryJournal implements Journal {
  private final Map<String, Conversation> conversations = new LinkedHashMap<>();
  private final Map<String, List<StoredEntry>> entries = new LinkedHashMap<>();
  private final List<JournalListener> listeners = new CopyOnWriteArrayList<>();

  /** A conversation with the bot {@code demo} that no human was asked for yet. */
  synchronized void start(String id, Customer customer, Instant at) {
    put(
        new Conversation(
            id, "demo", "directline", customer, "en-US", Owner.BOT, null, 0, 0, null, at, at, null),
        List.of());
  }

  /** Adds a message to the customer's stream. */
  synchronized void say(String id, String role, String name, String text, Instant at) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
    activity.put("text", text);
    Customer customer = conversations.get(id).customer();
    activity
        .putObject("from")
        .put("id", role.equals("user") ? customer.id() : role + "-1")
        .put("name", name)
        .put("role", role.equals("user") ? "user" : "bot");
    activity
        .putObject("channelData")
        .putObject("baton")
        .put("speaker", role.equals("user") ? "customer" : role);
    say(id, activity, at);
  }

  synchronized void say(String id, ObjectNode activity, Instant at) {
    Conversation before = conversations.get(id);
    activity.put("id", id + "|" + before.customerActivities());
    commit(id, each -> each, List.of(entry(id, Lane.CUSTOMER, "activity", activity, at)), at);
  }

  /** Asks for a human; the desk {@code hub} has the conversation in its queue. */
  synchronized void handOff(String id, String hub, Object value, Instant at) {
    Conversation before = conversations.get(id);
    String handoffId = id + ":" + (before.handoffs() + 1);
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("handoffId", handoffId);
    ObjectNode activity = body.putObject("activity");
    activity.put("type", "event").put("name", "handoff.initiate");
    activity.set("value", new ObjectMapper().valueToTree(value));
    Handoff handoff =
        new Handoff(
            handoffId, "e", null, Handoff.Phase.QUEUED, hub, handoffId, null, false, at, null);
    commit(
        id,
        each -> with(each, Owner.PENDING, handoff, each.handoffs() + 1),
        List.of(entry(id, Lane.HUB, "open", body, at)),
        at);
  }

  /** Changes owner and handoff as an event would. */
  synchronized void change(String id, Owner owner, UnaryOperator<Handoff> change, Instant at) {
    commit(
        id,
        each -> with(each, owner, change.apply(each.handoff()), each.handoffs()),
        List.of(),
        at);
  }

  private void commit(
      String id, UnaryOperator<Conversation> change, List<StoredEntry> added, Instant at) {
    Conversation next = change.apply(conversations.get(id));
    long said = added.stream().filter(each -> each.lane() == Lane.CUSTOMER).count();
    put(
        new Conversation(
            id,
            next.bot(),
            next.channel(),
            next.customer(),
            next.locale(),
            next.owner(),
            next.handoff(),
            next.handoffs(),
            next.customerActivities() + said,
            null,
            next.startedAt(),
            at,
            next.endedAt()),
        added);
  }

  private void put(Conversation conversation, List<StoredEntry> added) {
    conversations.put(conversation.id(), conversation);
    entries.computeIfAbsent(conversation.id(), id -> new ArrayList<>()).addAll(added);
    listeners.forEach(each -> each.committed(conversation, added));
  }

  private StoredEntry entry(String id, Lane lane, String operation, ObjectNode body, Instant at) {
    int seq = entries.get(id).size();
    return new StoredEntry(
        id, seq, lane, operation, body, StoredEntry.Status.DONE, 1, null, null, at);
  }

  private static Conversation with(Conversation each, Owner owner, Handoff handoff, int handoffs) {
    return new Conversation(
        each.id(),
        each.bot(),
        each.channel(),
        each.customer(),
        each.locale(),
        owner,
        handoff,
        handoffs,
        each.customerActivities(),
        null,
        each.startedAt(),
        each.updatedAt(),
        null);
  }

  @Override
  public synchronized Optional<Conversation> find(String conversation) {
    return Optional.ofNullable(conversations.get(conversation));
  }

  @Override
  public synchronized List<Conversation> list(
      String bot, String hub, Owner owner, String customerId, int limit) {
    return conversations.values().stream()
        .filter(each -> bot == null || each.bot().equals(bot))
        .filter(each -> hub == null || (each.handoff() != null && hub.equals(each.handoff().hub())))
        .filter(each -> owner == null || each.owner() == owner)
        .filter(each -> customerId == null || each.customer().id().equals(customerId))
        .sorted(Comparator.comparing(Conversation::updatedAt).reversed())
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<StoredEntry> customerStream(String conversation, long after, int limit) {
    return entries.get(conversation).stream()
        .filter(each -> each.lane() == Lane.CUSTOMER)
        .skip(after + 1)
        .limit(limit)
        .toList();
  }

  @Override
  public synchronized List<StoredEntry> entries(String conversation) {
    return List.copyOf(entries.get(conversation));
  }

  @Override
  public void addListener(JournalListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeListener(JournalListener listener) {
    listeners.remove(listener);
  }

  @Override
  public CompletableFuture<Appended> append(String conversation, String sourceId, Event event) {
    throw new UnsupportedOperationException();
  }

  @Override
  public Optional<Conversation> findByHubConversation(String hub, String hubConversationId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<StoredEntry> deadLetters(String conversation, int limit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean replay(String conversation, long seq) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean drop(String conversation, long seq) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int purge(Instant endedBefore) {
    throw new UnsupportedOperationException();
  }

  @Override
  public List<String> export(String customerId) {
    throw new UnsupportedOperationException();
  }

  @Override
  public int erase(String customerId) {
    throw new UnsupportedOperationException();
  }
}
