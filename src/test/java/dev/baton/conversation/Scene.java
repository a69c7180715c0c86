package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One conversation played against the rules, with a clock of its own. */
final class Scene {
  static final String ID = "c1";
  static final Texts SPEAKING =
      (key, locale, values) -> Optional.of(values.isEmpty() ? key.key() : key.key() + values);
  static final Texts SILENT = (key, locale, values) -> Optional.empty();

  private final Policy policy;
  private final Rules rules;
  private final List<Entry> entries = new ArrayList<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Conversation conversation;
  private Decision last;

  Scene() {
    this(policy(Policy.defaults(), true), SPEAKING);
  }

  Scene(Policy policy, Texts texts) {
    this.policy = policy;
    this.rules = new Rules(policy, texts);
    on(started());
  }

  /** The policy with {@code cancel} as the word that ends waiting. */
  static Policy policy(Policy p, boolean sendStatus) {
    return new Policy(
        p.assignment(),
        p.customerIdle(),
        p.agentIdle(),
        p.botSilent(),
        p.conversationIdle(),
        p.grace(),
        p.settle(),
        sendStatus,
        Set.of("Cancel"));
  }

  Scene on(Event event) {
    last = rules.decide(conversation, ID, event, now);
    conversation = last.next();
    entries.addAll(last.entries());
    return this;
  }

  Scene after(Duration time) {
    now = now.plus(time);
    return this;
  }

  /** Lets time pass until the time-out is due, and fires it. */
  Scene expire(Timer timer) {
    now = conversation.timers().get(timer);
    return on(new Event.TimerFired(timer));
  }

  // --- the usual ways

  Scene asked() {
    return on(requested("bot-activity-" + conversation.handoffs()));
  }

  Scene offered() {
    return on(offer(handoffId(), true, "VPN is down"));
  }

  Scene opened() {
    return on(new Event.HandoffOpened(handoffId(), "acme", "h-" + conversation.handoffs()));
  }

  Scene joined(String agent) {
    return on(new Event.HubAccepted(handoffId(), agent(agent)));
  }

  Scene withAgent() {
    return asked().opened().joined("Grace");
  }

  Scene says(String text) {
    return on(new Event.CustomerSaid(message(text)));
  }

  Scene hubEnds() {
    return on(new Event.HubEnded(handoffId(), "AGENT", "RESOLVED", null));
  }

  // --- what came of it

  Policy policy() {
    return policy;
  }

  Rules rules() {
    return rules;
  }

  Instant now() {
    return now;
  }

  Conversation conversation() {
    return conversation;
  }

  Owner owner() {
    return conversation.owner();
  }

  Handoff handoff() {
    return conversation.handoff();
  }

  /** Id of the latest handoff, or the id that the first one will have. */
  String handoffId() {
    return ID + ":" + Math.max(1, conversation.handoffs());
  }

  Decision last() {
    return last;
  }

  List<Entry> entries() {
    return entries;
  }

  /** Keys of the texts that the last event gave the customer. */
  List<String> told() {
    return texts(last.entries());
  }

  List<String> toldInAll() {
    return texts(entries);
  }

  /**
   * What the last event sends to a lane, for example {@code send: hello}; a status by its state.
   */
  List<String> sent(Lane lane) {
    return describe(last.entries(), lane);
  }

  List<String> sentInAll(Lane lane) {
    return describe(entries, lane);
  }

  /** States of all {@code handoff.status}. */
  List<String> statuses() {
    return statuses(entries);
  }

  static List<String> statuses(List<Entry> entries) {
    return entries.stream()
        .filter(e -> e.operation().equals("status"))
        .map(e -> e.body().path("value").path("state").asText())
        .toList();
  }

  static List<String> texts(List<Entry> entries) {
    return entries.stream()
        .filter(
            e ->
                e.lane() == Lane.CUSTOMER
                    && e.body().path("from").path("id").asText().equals("baton"))
        .filter(e -> e.body().path("type").asText().equals("message"))
        .map(e -> e.body().at("/channelData/baton/source").asText())
        .toList();
  }

  private static List<String> describe(List<Entry> entries, Lane lane) {
    return entries.stream().filter(e -> e.lane() == lane).map(Scene::describe).toList();
  }

  private static String describe(Entry entry) {
    ObjectNode body = entry.body();
    String what =
        switch (entry.operation()) {
          case "status" -> body.at("/value/state").asText();
          case "send" -> body.at("/activity/text").asText();
          case "open" -> body.path("handoffId").asText();
          case "end" -> body.path("reason").asText();
          default -> body.path("text").asText();
        };
    if (entry.operation().equals("status")) {
      return what;
    }
    return what.isEmpty() ? entry.operation() : entry.operation() + ": " + what;
  }

  // --- events

  static Event.CustomerStarted started() {
    return new Event.CustomerStarted(
        "shop", "directline", new Customer("u1", "Ada"), "en-GB", null);
  }

  static Event.HandoffRequested requested(String eventId) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode();
    activity.put("type", "event").put("name", "handoff.initiate").put("id", eventId);
    activity
        .put("replyToId", "turn-of-" + eventId)
        .putObject("value")
        .put("va_LastTopic", "Refund");
    return new Event.HandoffRequested(activity);
  }

  /** Two hubs to choose from. */
  static Event.HandoffOffered offer(String handoffId, boolean describe, String description) {
    return new Event.HandoffOffered(
        handoffId,
        List.of(new Offer.Choice("it", "IT", 150), new Offer.Choice("sales", "Sales", null)),
        describe,
        description);
  }

  static Agent agent(String name) {
    return name == null ? null : new Agent("id-" + name, name);
  }

  static ObjectNode message(String text) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode();
    activity.put("type", "message").put("id", "x-" + text).put("text", text);
    activity.putObject("from").put("id", "u1");
    activity.putObject("channelData").put("clientActivityID", "k1");
    return activity;
  }

  static ObjectNode event(String name) {
    return JsonNodeFactory.instance.objectNode().put("type", "event").put("name", name);
  }

  static Event.BotSaid bot(String text, String replyTo) {
    ObjectNode activity = message(text);
    activity.putObject("from").put("id", "the-bot");
    return new Event.BotSaid(replyTo == null ? activity : activity.put("replyToId", replyTo));
  }

  static Event.HubSaid agentSays(String handoffId, String text, String agent) {
    return new Event.HubSaid(handoffId, "m-" + text, text, "plain", null, agent(agent));
  }

  static Event.DeliveryFailed notDelivered(Entry entry, String reason) {
    return new Event.DeliveryFailed(
        entry.lane(), entry.operation(), 7, entry.body(), reason, "tried in vain");
  }

  /** A {@code send} entry that the hub never got. */
  static Entry send(String handoffId, String text) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("handoffId", handoffId);
    body.set("activity", message(text));
    return new Entry(Lane.HUB, "send", body);
  }

  static Entry open(String handoffId) {
    return new Entry(
        Lane.HUB, "open", JsonNodeFactory.instance.objectNode().put("handoffId", handoffId));
  }
}
