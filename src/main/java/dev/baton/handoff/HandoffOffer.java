package dev.baton.handoff;

import dev.baton.configuration.BotSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Variable;

/** Whether and what a customer may choose from. Used by {@code routes/handoff}. */
public final class HandoffOffer {
  private final Map<String, BotSettings> bots;
  private final Map<String, BotHubs> hubs = new HashMap<>();

  public HandoffOffer(Map<String, BotSettings> bots) {
    this.bots = bots;
    bots.forEach((name, bot) -> hubs.put(name, new BotHubs(bot)));
  }

  /** Whether the customer is asked before a hub is opened. */
  public boolean isWanted(String bot, List<String> candidates) {
    String mode = bots.containsKey(bot) ? bots.get(bot).offer() : "never";
    return switch (mode) {
      case "always" -> !candidates.isEmpty();
      case "choice" -> candidates.size() > 1;
      default -> false;
    };
  }

  /** A hub's answer about its availability, with its name; anything but a map counts as unknown. */
  public Map<String, Object> answer(@Body Object body, @Variable("hub") String hub) {
    Map<String, Object> answer = new LinkedHashMap<>();
    if (body instanceof Map<?, ?> known) {
      known.forEach((key, value) -> answer.put(String.valueOf(key), value));
    }
    answer.putIfAbsent("state", "UNKNOWN");
    answer.put("hub", hub);
    return answer;
  }

  /** The answers of hubs that may take the conversation. */
  public List<Map<String, Object>> possible(@Body List<Map<String, Object>> answers) {
    return answers.stream()
        .filter(answer -> !"UNAVAILABLE".equalsIgnoreCase(String.valueOf(answer.get("state"))))
        .toList();
  }

  /**
   * Body of {@code handoff.offered}.
   *
   * @param answers of the hubs that may take it
   */
  public Map<String, Object> offered(
      @Body List<Map<String, Object>> answers,
      @Variable("bot") String bot,
      @Variable("locale") String locale,
      @Variable("handoffId") String handoffId,
      @Variable("request") Map<String, Object> request) {
    List<Map<String, Object>> choices = new ArrayList<>();
    for (Map<String, Object> answer : answers) {
      String hub = (String) answer.get("hub");
      Map<String, Object> choice = new LinkedHashMap<>();
      choice.put("hub", hub);
      choice.put("name", hubs.get(bot).name(hub, locale));
      Integer wait = seconds(answer.get("waitSeconds"));
      if (wait != null) {
        choice.put("waitSeconds", wait);
      }
      choices.add(choice);
    }
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("handoffId", handoffId);
    body.put("choices", choices);
    body.put("describe", bots.get(bot).offerDescribe());
    String description = description(request);
    if (description != null) {
      body.put("description", description);
    }
    return body;
  }

  /** What the bot says that it is about. */
  private static String description(Map<String, Object> request) {
    Object value = request == null ? null : request.get("value");
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof Map<?, ?> context) {
      for (String name : List.of("va_AgentMessage", "summary", "Description", "description")) {
        if (context.get(name) instanceof String text && !text.isBlank()) {
          return text;
        }
      }
    }
    return null;
  }

  /** Why none of them may: that of the first hub that is open, else that it is closed. */
  public void reason(Exchange exchange, @Variable("answers") List<Map<String, Object>> answers) {
    for (Map<String, Object> answer : answers) {
      exchange.setVariable("reason", answer.getOrDefault("reason", "NO_AGENT"));
      exchange.setVariable("refusal", answer.get("message"));
      exchange.setVariable("nextOpen", answer.get("nextOpen"));
      if (!"CLOSED".equals(answer.get("reason"))) {
        return;
      }
    }
  }

  private static Integer seconds(Object value) {
    if (value instanceof Number number) {
      return number.intValue();
    }
    try {
      return value == null ? null : (int) Double.parseDouble(value.toString().strip());
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
