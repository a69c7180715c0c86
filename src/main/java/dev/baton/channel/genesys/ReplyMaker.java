package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.baton.channel.turn.Verdict.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * From what stands in the customer's stream to what Genesys is answered. Pure but for the names of
 * unique intents.
 */
final class ReplyMaker {
  private static final String NO_ANSWER = "504";
  private static final String NOT_REACHED = "502";
  private static final SlotType TEXT = new SlotType(SlotType.Base.STRING, false);

  private final GenesysBot bot;
  private final String version;
  private final long turn;

  /**
   * @param version of the bot as Genesys named it, or null
   * @param turn number of the answer in its session, from 0
   */
  ReplyMaker(GenesysBot bot, String version, long turn) {
    this.bot = bot;
    this.version = version;
    this.turn = turn;
  }

  /** A reply, and what became of variables that are not whole in its slots. */
  record Made(Reply reply, List<HandoffSlots.Note> notes) {}

  /**
   * @param activities the stream since the last answer, in order, each as the customer would get it
   * @param reason why the turn is over
   * @param patience what is said when the budget is spent without a word of the bot; null for
   *     nothing
   */
  Made of(List<ObjectNode> activities, Reason reason, String patience) {
    List<ObjectNode> messages = new ArrayList<>();
    JsonNode escalation = null;
    boolean ended = false;
    boolean unreachable = false;
    boolean heard = false;
    for (ObjectNode activity : activities) {
      JsonNode mark = activity.at("/channelData/baton");
      if (activity.at("/from/role").asText().equals("user")) {
        ended = false; // who writes on is not gone
        heard = false;
        unreachable = false;
      } else if (mark.has("handoff")) {
        escalation = activity;
      } else if (activity.path("type").asText().equals("endOfConversation")) {
        ended = true;
      } else if (!isStale(mark)) {
        List<ObjectNode> shown = bot.messages().of(activity);
        messages.addAll(shown);
        unreachable |= isFromBaton(mark) && mark.path("source").asText().equals("bot-unavailable");
        heard |= !shown.isEmpty() && !isFromBaton(mark);
      }
    }
    if (escalation != null) {
      return escalated(escalation, messages);
    }
    if (ended) {
      return made(reply(Reply.State.COMPLETE, bot.endIntent(), messages, Map.of(), null));
    }
    if (unreachable && !heard) {
      return made(failed(messages, new Reply.Fault(NOT_REACHED, "The bot could not be reached")));
    }
    if (reason == Reason.BOUND && messages.isEmpty()) {
      return made(silent(messages, patience));
    }
    return made(moreData(messages));
  }

  /** It failed; where that is wished for, a human takes over instead. */
  Reply failed(List<ObjectNode> messages, Reply.Fault fault) {
    if (bot.settings().flag("graceful")) {
      return graceful(messages, fault);
    }
    String usual = bot.nonFinalIntents().get(0);
    String intent = declared(usual).isPresent() ? usual : bot.escalationIntent();
    return reply(Reply.State.FAILED, intent, messages, Map.of(), fault);
  }

  private Reply graceful(List<ObjectNode> messages, Reply.Fault fault) {
    return reply(
        Reply.State.COMPLETE,
        bot.escalationIntent(),
        messages,
        Map.of("batonError", fault.code() + " " + fault.message()),
        null);
  }

  private Reply silent(List<ObjectNode> messages, String patience) {
    Reply.Fault fault = new Reply.Fault(NO_ANSWER, "The bot did not answer in time");
    return switch (Reply.State.of(bot.settings().text("budget-state"))) {
      case FAILED -> failed(messages, fault);
      case COMPLETE -> graceful(messages, fault);
      case MORE_DATA ->
          moreData(patience == null ? messages : List.of(ReplyMessages.plain(patience)));
    };
  }

  private Reply moreData(List<ObjectNode> messages) {
    return reply(Reply.State.MORE_DATA, nonFinal(), messages, Map.of(), null);
  }

  private Made escalated(JsonNode request, List<ObjectNode> messages) {
    JsonNode value = request.path("value");
    Intent intent = intent(value);
    HandoffSlots.Result variables = bot.slots().of(intent, value);
    Map<String, Reply.Slot> slots = new LinkedHashMap<>(variables.slots());
    Map<String, String> parameters = new LinkedHashMap<>(variables.parameters());
    bot.widget()
        .data(bot.bot(), request.at("/channelData/baton/handoff").asText())
        .forEach(
            (name, link) -> {
              // Never shortened: half a link opens nothing.
              if (TEXT.equals(intent.slots().get(name))) {
                slots.put(name, new Reply.Slot(TEXT, TextNode.valueOf(link)));
              } else {
                parameters.put(name, link);
              }
            });
    Reply reply = new Reply(Reply.State.COMPLETE, intent.name(), messages, slots, parameters, null);
    return new Made(reply, variables.notes());
  }

  /** The declared intent that a variable names, else the one for every escalation. */
  private Intent intent(JsonNode value) {
    String from = bot.settings().text("escalation-intent-from");
    String named = from == null ? "" : value.path(from).asText("");
    return declared(named)
        .or(() -> declared(bot.escalationIntent()))
        .orElseGet(() -> new Intent(bot.escalationIntent(), Map.of()));
  }

  private Optional<Intent> declared(String name) {
    return bot.declaration().version(version).flatMap(v -> v.intent(name));
  }

  private String nonFinal() {
    List<String> names = bot.nonFinalIntents();
    return switch (bot.settings().text("non-final")) {
      case "alternating" -> names.get((int) (turn % names.size()));
      case "unique" -> names.get(0) + "-" + UUID.randomUUID();
      case "absent" -> null;
      default -> names.get(0);
    };
  }

  private static boolean isFromBaton(JsonNode mark) {
    return mark.path("speaker").asText().equals("system");
  }

  /** What Baton says while a customer waits is no news in a later answer. */
  private static boolean isStale(JsonNode mark) {
    String source = mark.path("source").asText();
    return isFromBaton(mark) && (source.equals("bot-silent") || source.equals("conversation-idle"));
  }

  private static Reply reply(
      Reply.State state,
      String intent,
      List<ObjectNode> messages,
      Map<String, String> parameters,
      Reply.Fault fault) {
    return new Reply(state, intent, messages, Map.of(), parameters, fault);
  }

  private static Made made(Reply reply) {
    return new Made(reply, List.of());
  }
}
