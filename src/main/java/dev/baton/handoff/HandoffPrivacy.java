package dev.baton.handoff;

import dev.baton.privacy.Masking;
import dev.baton.privacy.PrivacyRules;
import dev.baton.privacy.Report;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.CamelContext;
import org.apache.camel.Variable;

/**
 * Takes out of a handoff what its hub must not get, before the mapping sees it, and counts it. The
 * customer's own stream is not touched. Used by {@code routes/handoff}.
 */
public final class HandoffPrivacy {
  private final CamelContext camel;
  private final Map<String, Masking> hubs = new HashMap<>();
  private final Masking others;

  /**
   * @param own by name of hub: its own keys
   * @throws IllegalArgumentException when the rules cannot be used
   */
  public HandoffPrivacy(
      CamelContext camel, PrivacyRules rules, Map<String, Map<String, String>> own) {
    this.camel = camel;
    this.others = rules.of(Map.of());
    own.forEach((hub, keys) -> hubs.put(hub, rules.of(keys)));
  }

  /** A fresh report of what is taken out for one hub. */
  public Report report() {
    return new Report();
  }

  /**
   * @param input of the mapping
   * @return a copy of it
   */
  public Map<String, Object> apply(
      @Body Map<String, Object> input,
      @Variable("hub") String hub,
      @Variable("report") Report report) {
    Masking masking = hubs.getOrDefault(hub, others);
    if (masking.isNone()) {
      return input;
    }
    Map<String, Object> copy = new LinkedHashMap<>(input);
    if (input.get("activity") instanceof Map<?, ?> activity) {
      copy.put("activity", activity(activity, masking, report));
    }
    if (input.get("transcript") instanceof List<?> lines) {
      copy.put("transcript", transcript(lines, masking, report));
    }
    return copy;
  }

  /**
   * Takes out of the question for availability what its hub must not get.
   *
   * @param question body of a hub's {@code availability}
   * @return a copy of it
   */
  public Map<String, Object> question(
      @Body Map<String, Object> question, @Variable("hub") String hub) {
    Masking masking = hubs.getOrDefault(hub, others);
    if (masking.isNone()) {
      return question;
    }
    // Nothing is journaled of a question; the opening reports what it withholds itself.
    Report unheard = new Report();
    Map<String, Object> copy = new LinkedHashMap<>(question);
    copy.computeIfPresent("context", (key, context) -> masking.variables(context, unheard));
    Map<String, Object> routing = new LinkedHashMap<>();
    for (String name : List.of("queue", "skill")) {
      if (copy.containsKey(name)) {
        routing.put(name, copy.remove(name));
      }
    }
    if (masking.variables(routing, unheard) instanceof Map<?, ?> clean) {
      clean.forEach((name, value) -> copy.put(String.valueOf(name), value));
    }
    return copy;
  }

  private static Map<String, Object> activity(Map<?, ?> activity, Masking masking, Report report) {
    Map<String, Object> copy = new LinkedHashMap<>();
    activity.forEach((key, value) -> copy.put(String.valueOf(key), value));
    copy.computeIfPresent("value", (key, value) -> masking.variables(value, report));
    for (String free : List.of("text", "summary", "speak")) {
      copy.computeIfPresent(
          free, (key, value) -> value instanceof String t ? masking.text(t, report) : value);
    }
    return copy;
  }

  private static List<Object> transcript(List<?> lines, Masking masking, Report report) {
    List<Object> copies = new ArrayList<>();
    for (Object line : lines) {
      Map<String, Object> copy = new LinkedHashMap<>();
      ((Map<?, ?>) line).forEach((key, value) -> copy.put(String.valueOf(key), value));
      copy.computeIfPresent("text", (key, text) -> masking.text((String) text, report));
      copies.add(copy);
    }
    return copies;
  }

  /** Counts what was taken out of a handoff that has opened: {@code baton.handoff.withheld}. */
  public void count(
      @Variable("hub") String hub,
      @Variable("report") Report report,
      @Variable("duplicate") Boolean duplicate) {
    MeterRegistry meters = camel.getRegistry().findSingleByType(MeterRegistry.class);
    if (meters == null || report == null || Boolean.TRUE.equals(duplicate)) {
      return;
    }
    report
        .counts()
        .forEach(
            (what, times) ->
                meters
                    .counter("baton.handoff.withheld", "hub", hub, "what", what)
                    .increment(times));
  }
}
