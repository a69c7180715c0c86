package dev.baton.hub.genesys;

import dev.baton.activity.SafeText;
import dev.baton.activity.Timestamps;
import dev.baton.hub.CustomerMessage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Bodies of the calls under {@code /api/v2/conversations/messages/{integrationId}/inbound/open}.
 * Source: the platform SDK's models {@code OpenInboundNormalizedMessage}, {@code
 * OpenInboundNormalizedEvent}, {@code OpenInboundNormalizedReceipt} and {@code
 * OpenInboundStructuredResponseMessage}.
 */
final class InboundMessages {
  /** Member of an activity's value by which a click on a button of Genesys is known again. */
  static final String BUTTON = "genesysButton";

  private final Predicate<String> urls;

  /**
   * @param urls whether a URL may be shown to an agent
   */
  InboundMessages(Predicate<String> urls) {
    this.urls = urls;
  }

  /**
   * The messages that open a conversation: summary, context and transcript, split at the limit.
   * Each has an id and a time that a repeat has too, by which the platform drops it.
   *
   * @param from the customer's id there, a new one for every handoff
   * @param at time of the first
   * @param maxText most characters of a text
   */
  List<Map<String, Object>> opening(
      Map<String, Object> open, String from, Instant at, int maxText) {
    List<String> texts = CustomerMessage.split(OpeningText.of(open), maxText);
    List<Map<String, Object>> messages = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Map<String, Object> channel = channel(person(open, from), at.plusMillis(i));
      channel.put("messageId", i == 0 ? from : from + "#" + (i + 1));
      Map<String, Object> attributes = i == 0 ? attributes(open, from) : Map.of();
      if (!attributes.isEmpty()) {
        channel.put("metadata", Map.of("customAttributes", attributes));
      }
      messages.add(message(channel, texts.get(i)));
    }
    return messages;
  }

  /** The first message of {@link #opening} without its content, known by its id and time. */
  Map<String, Object> reminder(String from, Instant at) {
    Map<String, Object> channel = channel(person(Map.of(), from), at);
    channel.put("messageId", from);
    return message(channel, "-");
  }

  /** What the customer wrote. */
  Map<String, Object> text(Map<String, Object> send, String from, Instant at) {
    Map<String, Object> channel = channel(person(Map.of(), from), at);
    channel.put("messageId", String.valueOf(send.get("id")));
    List<Map<String, Object>> content = new ArrayList<>();
    StringBuilder text = new StringBuilder(string(send.get("text"), ""));
    if (send.get("attachments") instanceof List<?> attachments) {
      for (Object item : attachments) {
        Map<String, Object> attachment = attachment(item);
        if (attachment != null) {
          content.add(Map.of("attachment", attachment));
        } else if (item instanceof Map<?, ?> map && map.get("contentUrl") != null) {
          text.append(text.isEmpty() ? "" : "\n")
              .append("[attachment left out: ")
              .append(string(map.get("name"), "?"))
              .append(']');
        }
      }
    }
    if (text.isEmpty() && content.isEmpty()) {
      text.append("[attachment left out]"); // the platform takes no empty message
    }
    Map<String, Object> message = message(channel, text.toString());
    if (!content.isEmpty()) {
      message.put("content", content);
    }
    return message;
  }

  /** A click on a button that Genesys showed, or null when it is none. */
  Map<String, Object> structured(Map<String, Object> send, String from, Instant at) {
    if (!(send.get("value") instanceof Map<?, ?> value)
        || !(value.get(BUTTON) instanceof Map<?, ?> button)) {
      return null;
    }
    Map<String, Object> channel = channel(person(Map.of(), from), at);
    channel.put("messageId", String.valueOf(send.get("id")));
    Map<String, Object> response = new LinkedHashMap<>();
    response.put("type", string(button.get("type"), "Button"));
    response.put("text", string(send.get("text"), string(button.get("text"), "")));
    response.put("payload", string(button.get("payload"), string(send.get("text"), "")));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channel", channel);
    body.put("buttonResponse", response);
    body.put("originatingMessageId", string(button.get("message"), ""));
    return body;
  }

  Map<String, Object> typing(String from, Instant at) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channel", channel(person(Map.of(), from), at));
    body.put("events", List.of(Map.of("eventType", "Typing")));
    return body;
  }

  /**
   * A receipt for an agent's message.
   *
   * @param code why it failed, one of the platform's codes; null when it did not
   */
  Map<String, Object> receipt(
      String message, String to, Instant at, String status, String code, String why) {
    Map<String, Object> channel = new LinkedHashMap<>();
    channel.put("to", Map.of("id", to));
    channel.put("time", Timestamps.text(at));
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", message);
    body.put("channel", channel);
    body.put("status", status);
    if (code != null) {
      body.put("reasons", List.of(Map.of("code", code, "message", why)));
    }
    body.put("isFinalReceipt", true);
    return body;
  }

  private static Map<String, Object> message(Map<String, Object> channel, String text) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("channel", channel);
    if (!text.isEmpty()) {
      body.put("text", SafeText.clean(text));
    }
    return body;
  }

  private static Map<String, Object> channel(Map<String, Object> from, Instant at) {
    Map<String, Object> channel = new LinkedHashMap<>();
    channel.put("from", from);
    channel.put("time", Timestamps.text(at));
    return channel;
  }

  private static Map<String, Object> person(Map<String, Object> open, String id) {
    Map<String, Object> from = new LinkedHashMap<>();
    from.put("id", id);
    from.put("idType", "Opaque");
    if (open.get("customer") instanceof Map<?, ?> customer) {
      put(from, "nickname", customer.get("name"));
      put(from, "email", customer.get("email"));
    }
    return from;
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    String text = string(value, "");
    if (!text.isBlank()) {
      map.put(key, SafeText.clean(text));
    }
  }

  /** Participant data for the flow: who it is, where it goes, and the bot's variables. */
  private static Map<String, Object> attributes(Map<String, Object> open, String from) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    if (open.get("context") instanceof Map<?, ?> context) {
      context.forEach(
          (name, entry) -> {
            Object value = entry instanceof Map<?, ?> map ? map.get("value") : entry;
            put(attributes, String.valueOf(name), value);
          });
    }
    if (open.get("routing") instanceof Map<?, ?> routing) {
      put(attributes, "batonQueue", routing.get("queue"));
      put(attributes, "batonSkill", routing.get("skill"));
    }
    if (open.get("customer") instanceof Map<?, ?> customer) {
      put(attributes, "batonLocale", customer.get("locale"));
    }
    if (open.get("participantData") instanceof Map<?, ?> data) {
      data.forEach((name, value) -> put(attributes, String.valueOf(name), value));
    }
    attributes.put("batonHandoffId", from);
    return attributes;
  }

  private Map<String, Object> attachment(Object item) {
    if (!(item instanceof Map<?, ?> map)) {
      return null;
    }
    String url = string(map.get("contentUrl"), "");
    if (url.isEmpty() || url.regionMatches(true, 0, "data:", 0, 5) || !urls.test(url)) {
      return null;
    }
    String mime = string(map.get("contentType"), "application/octet-stream");
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("mediaType", mediaType(mime));
    attachment.put("url", url);
    attachment.put("mime", mime);
    put(attachment, "filename", map.get("name"));
    return attachment;
  }

  private static String mediaType(String mime) {
    String kind = mime.toLowerCase(Locale.ROOT);
    if (kind.startsWith("image/")) {
      return "Image";
    }
    if (kind.startsWith("video/")) {
      return "Video";
    }
    return kind.startsWith("audio/") ? "Audio" : "File";
  }

  private static String string(Object value, String otherwise) {
    return value == null ? otherwise : value.toString();
  }
}
