package dev.baton.hub.omnichannel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.hub.Fields;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Activities towards a custom channel over Direct Line, within its limit of 28 KB for each. Keys
 * and values of {@code channelData} are as the vendor's sample has them: {@code channeltype},
 * {@code conversationcontext} and {@code customercontext}, with nothing but texts. Source:
 * Microsoft, "Bring your own custom messaging channel".
 */
final class ChannelActivity {
  /** 28 KB, without what the connection adds: the mark by which an echo is known. */
  static final int LARGEST = 28 * 1024 - 256;

  private static final int CONTEXT_SHARE = LARGEST / 2;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DirectLineWay way;

  ChannelActivity(DirectLineWay way) {
    this.way = way;
  }

  /**
   * @param data for {@code channelData}, repeated with every message
   * @param leftOut names of context entries that do not fit
   */
  record Data(Map<String, Object> data, List<String> leftOut) {}

  /** The {@code channelData} of a handoff. */
  Data data(Map<String, Object> open) {
    List<String> leftOut = new ArrayList<>();
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("channeltype", way.channelType());
    data.put("conversationcontext", context(open, leftOut));
    Fields customer = Fields.of(open.get("customer"));
    Map<String, Object> contact = new LinkedHashMap<>();
    put(contact, "email", customer.text("email"));
    put(contact, "phonenumber", customer.text("phone"));
    data.put("customercontext", contact);
    return new Data(data, leftOut);
  }

  private Map<String, Object> context(Map<String, Object> open, List<String> leftOut) {
    Map<String, Object> result = new LinkedHashMap<>();
    if (!(open.get("context") instanceof Map<?, ?> context)) {
      return result;
    }
    List<String> first = way.first().stream().map(n -> n.toLowerCase(Locale.ROOT)).toList();
    List<Map.Entry<?, ?>> entries = new ArrayList<>(context.entrySet());
    entries.sort((a, b) -> Integer.compare(rank(first, a.getKey()), rank(first, b.getKey())));
    int size = 0;
    for (Map.Entry<?, ?> entry : entries) {
      String name = String.valueOf(entry.getKey());
      String value = text(Fields.of(entry.getValue()).raw("value"));
      if (value == null) {
        continue;
      }
      String cut = CreateRequest.cut(value, CreateRequest.LONGEST_VALUE);
      int more = size(name) + size(cut) + 2;
      if (result.size() >= CreateRequest.MOST_ENTRIES
          || name.length() > CreateRequest.LONGEST_NAME
          || size + more > CONTEXT_SHARE) {
        leftOut.add(name);
        continue;
      }
      size += more;
      result.put(name, cut);
    }
    return result;
  }

  private static int rank(List<String> first, Object name) {
    int rank = first.indexOf(String.valueOf(name).toLowerCase(Locale.ROOT));
    return rank < 0 ? first.size() : rank;
  }

  private static String text(Object value) {
    String text =
        value instanceof Collection<?> list
            ? String.join(", ", list.stream().map(String::valueOf).toList())
            : value == null ? null : value.toString();
    return text == null || text.isBlank() ? null : text;
  }

  /** The first message: summary and transcript, as much as fits, and the whole context. */
  Map<String, Object> first(
      Map<String, Object> open, Map<String, Object> from, Map<String, Object> data) {
    Map<String, Object> activity = activity("message", from);
    activity.put("text", "");
    String locale = Fields.of(open.get("customer")).text("locale");
    put(activity, "locale", locale);
    activity.put("channelData", data);
    int free = LARGEST - size(activity);
    String text = StartMessage.of(open, free, ChannelActivity::escaped);
    activity.put("text", text.isEmpty() ? "The customer asks for a person." : text);
    return activity;
  }

  /**
   * Any further message, with the context again where it fits.
   *
   * @return null when not even the message itself fits
   */
  Map<String, Object> message(Fields sent, Map<String, Object> from, Map<String, Object> data) {
    Map<String, Object> activity = activity("message", from);
    if (sent.raw("text") != null) {
      activity.put("text", sent.raw("text").toString());
    }
    if (sent.raw("attachments") instanceof List<?> files && !files.isEmpty()) {
      activity.put("attachments", files.stream().map(OmnichannelRequests::attachment).toList());
    }
    activity.put("channelData", data);
    if (size(activity) > LARGEST) {
      activity.put("channelData", Map.of("channeltype", way.channelType()));
    }
    return size(activity) > LARGEST ? null : activity;
  }

  static Map<String, Object> activity(String type, Map<String, Object> from) {
    Map<String, Object> activity = new LinkedHashMap<>();
    activity.put("type", type);
    activity.put("from", from);
    return activity;
  }

  private static void put(Map<String, Object> map, String key, String value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  /** Bytes of a text within JSON, without the quotes. */
  private static int escaped(String text) {
    return size(text) - 2;
  }

  static int size(Object value) {
    try {
      return JSON.writeValueAsString(value).getBytes(StandardCharsets.UTF_8).length;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Maps, lists and texts can always be written", e);
    }
  }
}
