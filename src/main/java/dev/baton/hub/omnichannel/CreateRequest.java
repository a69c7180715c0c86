package dev.baton.hub.omnichannel;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The body of {@code conversation/create}, within its limits: customer fields of 200 characters,
 * 100 context entries whose values are texts, a start message of 27 KB with the newest lines kept.
 * Source: Microsoft, "Create a conversation" of the Messaging API.
 */
final class CreateRequest {
  static final int LONGEST_FIELD = 200;
  static final int MOST_ENTRIES = 100;
  static final int LONGEST_NAME = 100;
  static final int LONGEST_VALUE = 4_000;
  static final int START_MESSAGE_BYTES = 27 * 1024;

  private final List<String> first;
  private final Set<String> hidden;
  private final String speaker;

  /**
   * @param first context entries that are kept first when there are too many
   * @param hidden context entries that the representative does not see
   * @param speaker who the start message comes from
   */
  CreateRequest(List<String> first, List<String> hidden, String speaker) {
    this.first = first.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    this.hidden = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    this.hidden.addAll(hidden);
    this.speaker = speaker;
  }

  /**
   * @param body of the request
   * @param leftOut names of context entries that do not fit
   */
  record Result(Map<String, Object> body, List<String> leftOut) {}

  /**
   * @param open body of the hub's {@code open}
   * @param customerId what makes the opening idempotent
   * @param most context entries at most; {@link #MOST_ENTRIES}, or fewer after a refusal
   */
  Result of(Map<String, Object> open, String customerId, int most) {
    List<String> leftOut = new ArrayList<>();
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("customercontext", customer(Fields.of(open.get("customer")), customerId));
    body.put("conversationcontext", context(open, Math.min(most, MOST_ENTRIES), leftOut));
    body.put("conversationrequestid", open.get("handoffId"));
    String start = StartMessage.of(open, START_MESSAGE_BYTES, StartMessage::bytes);
    if (!start.isEmpty()) {
      Map<String, Object> message = new LinkedHashMap<>();
      message.put("message", start);
      message.put("displayname", speaker);
      body.put("startmessage", message);
    }
    // Our bot has handed over: Omnichannel's own would be one too many.
    body.put("skipdeflectionbot", true);
    return new Result(body, leftOut);
  }

  private static Map<String, Object> customer(Fields customer, String customerId) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("customerid", customerId);
    put(result, "preferredname", customer.text("name"));
    put(result, "email", customer.text("email"));
    put(result, "phonenumber", customer.text("phone"));
    String name = customer.text("name");
    if (name != null && name.strip().contains(" ")) {
      int last = name.strip().lastIndexOf(' ');
      put(result, "firstname", name.strip().substring(0, last));
      put(result, "lastname", name.strip().substring(last + 1));
    }
    return result;
  }

  private static void put(Map<String, Object> map, String key, String value) {
    if (value != null) {
      map.put(key, cut(value, LONGEST_FIELD));
    }
  }

  private Map<String, Object> context(Map<String, Object> open, int most, List<String> leftOut) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (!(open.get("context") instanceof Map<?, ?> context)) {
      return result;
    }
    List<Map.Entry<?, ?>> entries = new ArrayList<>(context.entrySet());
    entries.sort(
        (a, b) ->
            Integer.compare(rank(String.valueOf(a.getKey())), rank(String.valueOf(b.getKey()))));
    for (Map.Entry<?, ?> entry : entries) {
      String name = String.valueOf(entry.getKey());
      Fields value = Fields.of(entry.getValue());
      String text = text(value.raw("value"));
      if (text == null) {
        continue; // empty ones are left out by the vendor's own client, too
      }
      if (result.size() >= most || name.length() > LONGEST_NAME) {
        leftOut.add(name);
        continue;
      }
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("isDisplayable", value.flag("display", true) && !hidden.contains(name));
      item.put("value", cut(text, LONGEST_VALUE));
      result.put(name, item);
    }
    return result;
  }

  private int rank(String name) {
    int rank = first.indexOf(name.toLowerCase(Locale.ROOT));
    return rank < 0 ? first.size() : rank;
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    String text =
        value instanceof Collection<?> list
            ? String.join(", ", list.stream().map(String::valueOf).toList())
            : value.toString();
    return text.isBlank() ? null : text;
  }

  /** Never in the middle of a character. */
  static String cut(String text, int longest) {
    if (text.length() <= longest) {
      return text;
    }
    int end = longest - 1;
    return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
