package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a bot's answer as the flow does. */
final class ConnectorAnswer {
  private final ArchitectFlow flow;
  private final JsonObject answer;
  private final boolean outgoing;
  private final List<String> problems = new ArrayList<>();

  private ConnectorAnswer(ArchitectFlow flow, JsonObject answer, boolean outgoing) {
    this.flow = flow;
    this.answer = answer;
    this.outgoing = outgoing;
  }

  /**
   * @param outgoing whether it came by the platform's API and not as the answer of the call
   */
  static ConnectorTurn read(
      ArchitectFlow flow, JsonObject answer, boolean outgoing, Duration took) {
    return new ConnectorAnswer(flow, answer, outgoing).turn(took);
  }

  private ConnectorTurn turn(Duration took) {
    List<JsonObject> replies = replies();
    Map<String, String> outputs = outputs();
    String state = text(answer.getValue("botState")).toLowerCase(Locale.ROOT);
    String intent = intent();
    Map<String, Object> sent = slots();
    return switch (state) {
      case "moredata" -> {
        if (!intent.isEmpty() && flow.branch(intent).isEmpty()) {
          problems.add("intent '" + intent + "' is not registered");
        }
        yield turn(null, replies, Map.of(), List.of(), outputs, null, took);
      }
      case "complete" -> {
        Optional<Map<String, String>> declared = flow.branch(intent);
        if (declared.isEmpty()) {
          String why = "NoMatchError: there is no branch for intent '" + intent + "'";
          yield turn(ConnectorTurn.FAILURE, replies, Map.of(), List.of(), outputs, why, took);
        }
        yield complete(intent, declared.get(), sent, replies, outputs, took);
      }
      case "failed" ->
          turn(
              ConnectorTurn.FAILURE,
              replies,
              Map.of(),
              List.of(),
              outputs,
              "BotFailed: " + errorInfo(),
              took);
      default ->
          turn(
              ConnectorTurn.FAILURE,
              replies,
              Map.of(),
              List.of(),
              outputs,
              "InvalidResponse: botState is '" + answer.getValue("botState") + "'",
              took);
    };
  }

  private ConnectorTurn complete(
      String intent,
      Map<String, String> declared,
      Map<String, Object> sent,
      List<JsonObject> replies,
      Map<String, String> outputs,
      Duration took) {
    Map<String, Object> usable = new LinkedHashMap<>();
    List<String> undeclared = new ArrayList<>();
    sent.forEach(
        (name, value) -> {
          String type = declared.get(name);
          if (type == null) {
            undeclared.add(name);
          } else if (SlotTypes.fits(flow.version, type, value)) {
            usable.put(name, value);
          } else {
            problems.add("slot " + name + ": " + value + " is no " + type);
          }
        });
    return turn(intent, replies, usable, undeclared, outputs, null, took);
  }

  private ConnectorTurn turn(
      String branch,
      List<JsonObject> replies,
      Map<String, Object> slots,
      List<String> undeclared,
      Map<String, String> outputs,
      String error,
      Duration took) {
    return new ConnectorTurn(
        branch,
        replies,
        slots,
        List.copyOf(undeclared),
        outputs,
        error,
        List.copyOf(problems),
        took,
        answer);
  }

  private List<JsonObject> replies() {
    // Spelt with a small m in the legacy API.
    String field = flow.version == ConnectorVersion.LEGACY ? "replymessages" : "replyMessages";
    Object value = answer.getValue(field);
    if (value == null) {
      return List.of();
    }
    List<JsonObject> replies = new ArrayList<>();
    if (value instanceof JsonArray array) {
      for (Object element : array) {
        if (element instanceof JsonObject reply) {
          replies.add(reply);
          ReplyRules.check(reply, problems);
        } else {
          problems.add(field + " must hold objects");
        }
      }
    } else {
      problems.add(field + " must be an array");
    }
    return replies;
  }

  private String intent() {
    Object intent = answer.getValue("intent");
    if (intent != null && !(intent instanceof String)) {
      problems.add("intent must be a string");
    }
    if (answer.getValue("confidence") instanceof Number confidence
        && (confidence.doubleValue() < 0 || confidence.doubleValue() > 1)) {
      problems.add("confidence must be between 0 and 1");
    }
    return text(intent);
  }

  private Map<String, Object> slots() {
    Map<String, Object> slots = new LinkedHashMap<>();
    if (flow.version == ConnectorVersion.LEGACY) {
      if (answer.getValue("slotValues") instanceof JsonObject values) {
        values.forEach(slot -> slots.put(slot.getKey(), slot.getValue()));
      }
      return slots;
    }
    if (answer.getValue("entities") instanceof JsonArray entities) {
      for (Object element : entities) {
        if (element instanceof JsonObject entity
            && entity.getValue("name") instanceof String name) {
          Object value = entity.getValue("value");
          slots.put(name, value == null ? entity.getValue("values") : value);
        } else {
          problems.add("entities must hold {name, type, value or values}");
        }
      }
    }
    return slots;
  }

  private Map<String, String> outputs() {
    Map<String, String> outputs = new LinkedHashMap<>();
    if (answer.getValue("parameters") instanceof JsonObject parameters) {
      for (var parameter : parameters) {
        if (parameter.getValue() instanceof String text) {
          outputs.put(parameter.getKey(), text);
        } else {
          problems.add("parameters." + parameter.getKey() + " must be a string");
        }
      }
    }
    return outputs;
  }

  private String errorInfo() {
    if (answer.getValue("errorInfo") instanceof JsonObject info) {
      // The two forms of the vendor's models differ.
      String code = outgoing ? "code" : "errorCode";
      String message = outgoing ? "message" : "errorMessage";
      if (!info.containsKey(code)) {
        problems.add("errorInfo." + code + " is missing");
      }
      return info.getValue(code) + " " + info.getValue(message);
    }
    return "no errorInfo";
  }

  private static String text(Object value) {
    return value instanceof String text ? text : "";
  }
}
