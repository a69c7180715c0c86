package dev.baton.hub.omnichannel;

import dev.baton.conversation.Agent;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.directline.DirectLineConstants;
import dev.baton.directline.DirectLineConversationLostException;
import dev.baton.directline.DirectLineException;
import dev.baton.directline.DirectLineRetryException;
import dev.baton.directline.DirectLineUncertainException;
import dev.baton.hub.Fields;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.Journal;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * Bean {@code omnichannelDirectLine}: makes what is posted to Omnichannel behind Direct Line, and
 * reads what comes from there. A Direct Line conversation belongs to one handoff, whose id is its
 * key.
 */
public final class OmnichannelDirectLine {
  private static final Duration A_MOMENT = Duration.ofSeconds(5);

  private final Map<String, DirectLineWay> ways = new HashMap<>();
  private final Journal journal;
  private final DirectLineChats chats;

  OmnichannelDirectLine(List<DirectLineWay> ways, Journal journal, DirectLineChats chats) {
    ways.forEach(way -> this.ways.put(way.hub(), way));
    this.journal = journal;
    this.chats = chats;
  }

  /** Body and headers of the operation {@code start}. */
  public void start(Exchange exchange, String hub, Map<String, Object> open) {
    Message message = keyed(exchange, "start");
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("user", from(exchange));
    body.put("locale", Fields.of(open.get("customer")).text("locale"));
    message.setBody(body);
  }

  /** The first message, which Omnichannel routes by. */
  public void first(Exchange exchange, String hub, Map<String, Object> open) {
    ChannelActivity activities = new ChannelActivity(ways.get(hub));
    ChannelActivity.Data data = activities.data(open);
    LeftOut.tell(exchange, hub, data.leftOut());
    chats.opened(hub, handoffId(exchange), conversation(exchange), data.data());
    keyed(exchange, "first").setBody(activities.first(open, from(exchange), data.data()));
  }

  /** What the customer wrote. */
  public void send(Exchange exchange, String hub) {
    Fields sent = Fields.of(exchange.getMessage().getBody(Map.class));
    Map<String, Object> data =
        chats
            .data(hub, handoffId(exchange))
            .orElseThrow(
                () -> DeliveryException.gone("BTN-2460 Hub " + hub + ": that chat is over", null));
    Map<String, Object> activity =
        new ChannelActivity(ways.get(hub)).message(sent, from(exchange), data);
    if (activity == null) {
      throw DeliveryException.permanent(
          "BTN-2461 Hub " + hub + " takes 28 KB for a message with its files; this one is larger",
          null);
    }
    keyed(exchange, String.valueOf(sent.raw("id"))).setBody(activity);
  }

  public void typing(Exchange exchange) {
    keyed(exchange, "typing").setBody(ChannelActivity.activity("typing", from(exchange)));
  }

  /**
   * The customer's way out. Direct Line closes nothing by itself, so the chat is forgotten, too.
   */
  public void end(Exchange exchange) {
    keyed(exchange, "end").setBody(ChannelActivity.activity("endOfConversation", from(exchange)));
  }

  /** What the hub can take; a message must fit into 28 KB with its context. */
  public Map<String, Object> capabilities() {
    return Map.of(
        "maxText",
        6_000,
        "maxTranscript",
        ChannelActivity.LARGEST,
        "maxContextEntries",
        CreateRequest.MOST_ENTRIES,
        "maxContextValue",
        CreateRequest.LONGEST_VALUE,
        "typing",
        true,
        "attachments",
        true);
  }

  /** Leaves the hub contract's events as the body, none for what is not Omnichannel's. */
  public void received(Exchange exchange, String hub) {
    Message message = exchange.getMessage();
    String handoffId = message.getHeader(DirectLineConstants.KEY, String.class);
    String id = message.getHeader(DirectLineConstants.CONVERSATION_ID, String.class);
    List<Map<String, Object>> events =
        DirectLineReader.events(
            ways.get(hub), handoffId, id, agent(handoffId), message.getBody(Map.class));
    message.removeHeaders("*");
    message.setBody(events);
  }

  /** Null when the handoff is over: what comes then is no agent's. */
  private Agent agent(String handoffId) {
    Handoff handoff =
        journal
            .find(DirectLineChats.conversationOf(handoffId))
            .map(Conversation::handoff)
            .filter(h -> handoffId.equals(h.id()) && h.isOpen())
            .orElse(null);
    if (handoff == null) {
      return null;
    }
    return handoff.agent() == null ? Agent.UNKNOWN : handoff.agent();
  }

  /** Tells the lane how to go on after Direct Line refused something. */
  public void failed(Exchange exchange, String hub) throws IOException {
    Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
    DirectLineException e = directLine(caught);
    String what = "Hub " + hub + ", over Direct Line: " + e.getMessage();
    if (e instanceof DirectLineConversationLostException) {
      throw DeliveryException.gone("BTN-2460 " + what, e);
    }
    if (e instanceof DirectLineUncertainException) {
      throw e;
    }
    if (e instanceof DirectLineRetryException retry) {
      throw DeliveryException.retryAfter(
          "BTN-2462 " + what, retry.getRetryAfter() == null ? A_MOMENT : retry.getRetryAfter());
    }
    if (e.getStatus() == 401 || e.getStatus() == 403) {
      throw new IOException("BTN-2463 " + what + "; check direct-line-secret", e);
    }
    throw DeliveryException.permanent("BTN-2464 " + what, e);
  }

  private static DirectLineException directLine(Throwable failure) {
    return failure instanceof DirectLineException e ? e : directLine(failure.getCause());
  }

  /** Headers of a call: which conversation, and the mark by which its echo is known. */
  private static Message keyed(Exchange exchange, String part) {
    Integer attempt = exchange.getVariable("attempt", Integer.class);
    String delivery = exchange.getVariable("deliveryId", String.class);
    Message message = exchange.getMessage();
    message.removeHeaders("*");
    message.setHeader(DirectLineConstants.KEY, handoffId(exchange));
    message.setHeader(
        DirectLineConstants.MARK, (delivery == null ? handoffId(exchange) : delivery) + ":" + part);
    message.setHeader(DirectLineConstants.REDELIVERED, attempt != null && attempt > 1);
    return message;
  }

  private Map<String, Object> from(Exchange exchange) {
    String conversation = conversation(exchange);
    Conversation known = conversation == null ? null : journal.find(conversation).orElse(null);
    String name = known == null ? null : known.customer().name();
    Map<String, Object> from = new LinkedHashMap<>();
    from.put("id", known == null ? String.valueOf(conversation) : known.customer().id());
    from.put(
        "name",
        name == null || name.isBlank()
            ? "Customer"
            : CreateRequest.cut(name.strip().replaceAll("\\s+", " "), CreateRequest.LONGEST_FIELD));
    return from;
  }

  private static String conversation(Exchange exchange) {
    return exchange.getVariable("conversation", String.class);
  }

  private static String handoffId(Exchange exchange) {
    return exchange.getVariable("handoffId", String.class);
  }
}
