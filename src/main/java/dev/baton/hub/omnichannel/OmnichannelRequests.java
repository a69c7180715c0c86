package dev.baton.hub.omnichannel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.conversation.Conversation;
import dev.baton.hub.Fields;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.Journal;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Bean {@code omnichannelRequests}: makes the requests of the Messaging API. Each method sets path,
 * headers and body of the message; the route sends it.
 */
public final class OmnichannelRequests {
  static final String TOKEN = "omnichannelToken";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_TEXT = 6_000;

  private final OmnichannelHubs hubs;
  private final Journal journal;

  OmnichannelRequests(OmnichannelHubs hubs, Journal journal) {
    this.hubs = hubs;
    this.journal = journal;
  }

  /**
   * {@code POST /conversation/create}.
   *
   * @param open the whole body of the operation {@code open}
   * @param entries most context entries, fewer after a refusal
   */
  public void create(Exchange exchange, String hub, Map<String, Object> open, int entries)
      throws IOException {
    OmnichannelSettings settings = hubs.settings(hub);
    CreateRequest.Result create =
        new CreateRequest(settings.first(), settings.hidden(), settings.speaker())
            .of(open, customerId(settings, open), entries);
    LeftOut.tell(exchange, hub, create.leftOut());
    Message message = request(exchange, hub, "/conversation/create");
    json(message, create.body());
  }

  /** What one conversation of Omnichannel belongs to; the same at every attempt. */
  private static String customerId(OmnichannelSettings settings, Map<String, Object> open) {
    Fields origin = Fields.of(open.get("origin"));
    String id =
        switch (settings.customerId()) {
          case "handoff" -> String.valueOf(open.get("handoffId"));
          case "customer" -> Fields.of(open.get("customer")).text("id");
          default -> origin.text("conversationId");
        };
    return id != null ? id : String.valueOf(open.get("handoffId"));
  }

  /** The start message of a conversation that was open already, as an ordinary message. */
  public void summary(Exchange exchange, String hub, Map<String, Object> open) throws IOException {
    Map<String, Object> activity = activity(exchange, hub, "message");
    activity.put("text", StartMessage.of(open, LONGEST_TEXT, String::length));
    activity.put("id", "summary-" + exchange.getVariable("handoffId", String.class));
    Map<String, Object> own = new LinkedHashMap<>();
    own.put("type", "AutomatedMessage");
    activity.put("channelData", Map.of("messagingapi-oc", own));
    json(conversation(exchange, hub), activity);
  }

  /** What the Messaging API takes, or less where configuration says so. */
  public Map<String, Object> capabilities(String hub) {
    return hubs.settings(hub).capabilities();
  }

  /** What the customer wrote. */
  public void send(Exchange exchange, String hub) throws IOException {
    Fields sent = Fields.of(exchange.getMessage().getBody(Map.class));
    Map<String, Object> activity = activity(exchange, hub, "message");
    if (sent.text("id") != null) {
      activity.put("id", sent.text("id"));
    }
    if (sent.raw("text") != null) {
      activity.put("text", sent.raw("text").toString());
    }
    if (sent.raw("attachments") instanceof List<?> files && !files.isEmpty()) {
      activity.put("attachments", files.stream().map(OmnichannelRequests::attachment).toList());
    }
    json(conversation(exchange, hub), activity);
  }

  static Map<String, Object> attachment(Object item) {
    Fields file = Fields.of(item);
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(
        "contentType",
        file.text("contentType") == null ? "application/octet-stream" : file.text("contentType"));
    String url = file.text("contentUrl") != null ? file.text("contentUrl") : file.text("url");
    if (url != null) {
      result.put("contentUrl", url);
    }
    result.put("name", file.text("name") == null ? "file" : file.text("name"));
    return result;
  }

  public void typing(Exchange exchange, String hub) throws IOException {
    json(conversation(exchange, hub), activity(exchange, hub, "typing"));
  }

  public void end(Exchange exchange, String hub) throws IOException {
    json(conversation(exchange, hub), activity(exchange, hub, "endOfConversation"));
  }

  private Map<String, Object> activity(Exchange exchange, String hub, String type) {
    Map<String, Object> activity = new LinkedHashMap<>();
    activity.put("type", type);
    activity.put("channelId", hubs.settings(hub).channelId());
    activity.put("from", from(exchange.getVariable("conversation", String.class)));
    activity.put("conversation", Map.of("id", conversationId(exchange, hub)));
    return activity;
  }

  private Map<String, Object> from(String conversation) {
    Map<String, Object> from = new LinkedHashMap<>();
    Conversation known = conversation == null ? null : journal.find(conversation).orElse(null);
    from.put("id", known == null ? String.valueOf(conversation) : known.customer().id());
    String name = known == null ? null : known.customer().name();
    from.put(
        "name", name == null ? "Customer" : name.length() > 256 ? name.substring(0, 256) : name);
    return from;
  }

  private Message conversation(Exchange exchange, String hub) throws IOException {
    return request(exchange, hub, "/conversation/" + encode(conversationId(exchange, hub)));
  }

  private static String conversationId(Exchange exchange, String hub) {
    String id = exchange.getVariable("hubConversationId", String.class);
    if (id == null || id.isEmpty()) {
      throw DeliveryException.permanent(
          "BTN-2106 No id of the conversation in hub " + hub + " is known", null);
    }
    return id;
  }

  private Message request(Exchange exchange, String hub, String path) throws IOException {
    OmnichannelSettings settings = hubs.settings(hub);
    String token = hubs.messaging(hub).token();
    exchange.setVariable(TOKEN, token);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(Exchange.HTTP_PATH, settings.apiPath() + path);
    message.setHeader("Accept", "application/json");
    message.setHeader("Authorization", "Bearer " + token);
    message.setHeader("channel-id", settings.channelId());
    message.setHeader("organization-id", settings.organizationId());
    return message;
  }

  private static void json(Message message, Object body) throws JsonProcessingException {
    message.setHeader(Exchange.CONTENT_TYPE, "application/json");
    message.setBody(JSON.writeValueAsBytes(body));
  }

  private static String encode(String value) {
    return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
