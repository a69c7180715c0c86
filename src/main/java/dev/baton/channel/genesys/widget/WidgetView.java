package dev.baton.channel.genesys.widget;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.SafeText;
import dev.baton.channel.genesys.widget.WidgetProblem.Kind;
import dev.baton.configuration.HubSettings;
import dev.baton.conversation.Agent;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import dev.baton.hub.desk.DeskLine;
import dev.baton.journal.Journal;
import dev.baton.journal.StoredEntry;
import dev.baton.privacy.Masking;
import dev.baton.privacy.PrivacyRules;
import dev.baton.privacy.Report;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What the widget shows of a handoff, read from the journal: blocks. What a hub or front end must
 * not get, its agents' widget does not show either.
 */
final class WidgetView {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LINES = 500;

  private final Journal journal;
  private final PrivacyRules rules;
  private final Map<String, HubSettings> hubs;

  WidgetView(Journal journal, PrivacyRules rules, Map<String, HubSettings> hubs) {
    this.journal = journal;
    this.rules = rules;
    this.hubs = hubs;
  }

  /** Id of the conversation that a handoff belongs to. */
  static String conversationOf(String handoffId) {
    int colon = handoffId.lastIndexOf(':');
    return colon < 0 ? handoffId : handoffId.substring(0, colon);
  }

  /**
   * @throws WidgetProblem when the bot has no such handoff, or a later one has taken its place
   */
  Conversation find(String bot, String handoffId) {
    return journal
        .find(conversationOf(handoffId))
        .filter(found -> found.bot().equals(bot))
        .filter(found -> found.handoff() != null && found.handoff().id().equals(handoffId))
        .orElseThrow(
            () ->
                new WidgetProblem(
                    Kind.NOT_HERE,
                    "This handoff is not known here any more, or the bot has asked again since."));
  }

  /**
   * @param after the last place in the customer's stream that the page has, -1 for none
   */
  ObjectNode show(WidgetSettings widget, String handoffId, long after) {
    Conversation conversation = find(widget.bot(), handoffId);
    Handoff handoff = conversation.handoff();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("handoff", handoffId);
    json.put("phase", handoff.phase().name());
    json.put("requestedAt", text(handoff.requestedAt()));
    json.put("endedAt", text(handoff.endedAt()));
    json.put("locale", conversation.locale());
    json.put("bot", conversation.bot());
    if (handoff.phase() == Handoff.Phase.REQUESTED && handoff.hub() == null) {
      // Which rules hold is known with the hub; the page reads again when one has it.
      json.putObject("customer").putNull("name");
      json.putArray("lines");
      return json.put("cursor", -1).put("cut", false);
    }
    Masking masking = masking(widget, handoff);
    ObjectNode customer = json.putObject("customer");
    String name = conversation.customer().name();
    customer.put("name", masking.text(SafeText.clean(name), new Report()));
    Agent agent = handoff.agent();
    json.put("agent", agent == null ? null : SafeText.clean(agent.name()));
    if (after < 0) {
      addContext(conversation, masking, json);
    }
    addLines(conversation, masking, after, json);
    return json;
  }

  private Masking masking(WidgetSettings widget, Handoff handoff) {
    HubSettings hub = handoff.hub() == null ? null : hubs.get(handoff.hub());
    return rules.of(hub == null ? widget.own() : hub.properties());
  }

  private void addLines(Conversation conversation, Masking masking, long after, ObjectNode json) {
    Instant horizon = horizon(conversation.handoff());
    long last = conversation.customerActivities() - 1;
    long first = Math.max(after, last - MAX_LINES);
    ArrayNode lines = json.putArray("lines");
    long number = first;
    for (StoredEntry entry : journal.customerStream(conversation.id(), first, MAX_LINES)) {
      number++;
      if (!entry.at().isAfter(horizon)) {
        DeskLine.of(entry, number, conversation.customer())
            .map(line -> masked(line, masking))
            .ifPresent(lines::add);
      }
    }
    json.put("cut", first > after);
    json.put("cursor", number);
  }

  /** What comes after the human part is between customer and bot again. */
  private static Instant horizon(Handoff handoff) {
    boolean goesOn = handoff.isOpen() || handoff.phase() == Handoff.Phase.ESCALATED;
    return goesOn || handoff.endedAt() == null ? Instant.MAX : handoff.endedAt();
  }

  private static ObjectNode masked(ObjectNode line, Masking masking) {
    mask(line, "text", masking);
    mask(line, "name", masking);
    line.path("attachments")
        .forEach(
            attachment -> {
              mask((ObjectNode) attachment, "text", masking);
              mask((ObjectNode) attachment, "name", masking);
            });
    return line;
  }

  private static void mask(ObjectNode node, String field, Masking masking) {
    if (node.path(field).isTextual()) {
      node.put(field, masking.text(SafeText.clean(node.path(field).asText()), new Report()));
    }
  }

  private void addContext(Conversation conversation, Masking masking, ObjectNode json) {
    JsonNode value = request(conversation);
    Object masked = masking.variables(JSON.convertValue(value, Object.class), new Report());
    JsonNode shown = JSON.valueToTree(masked);
    ObjectNode context = json.putObject("context");
    if (shown instanceof ObjectNode variables) {
      context.setAll(SafeText.clean(variables));
      json.put("summary", text(context.path("va_AgentMessage")));
    } else {
      // Some bots send a written summary instead of named variables.
      json.put("summary", text(shown));
    }
  }

  /** The {@code value} of the bot's request for a human. */
  private JsonNode request(Conversation conversation) {
    String id = conversation.handoff().id();
    List<StoredEntry> entries = journal.entries(conversation.id());
    return entries.stream()
        .filter(entry -> entry.lane() == Lane.HUB && entry.operation().equals("open"))
        .filter(entry -> entry.body().path("handoffId").asText().equals(id))
        .map(entry -> entry.body().path("activity").path("value"))
        .findFirst()
        // A channel with humans of its own gets the request in the customer's stream.
        .or(
            () ->
                entries.stream()
                    .filter(entry -> entry.lane() == Lane.CUSTOMER)
                    .map(StoredEntry::body)
                    .filter(body -> body.at("/channelData/baton/handoff").asText().equals(id))
                    .map(body -> body.path("value"))
                    .findFirst())
        .orElse(JsonNodeFactory.instance.nullNode());
  }

  private static String text(JsonNode node) {
    return node.isTextual() ? SafeText.clean(node.asText()) : null;
  }

  private static String text(Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
