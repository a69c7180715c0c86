package dev.baton.handoff;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.TranscriptLine;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Lane;
import dev.baton.journal.DeliveryException;
import dev.baton.journal.Journal;
import dev.baton.journal.StoredEntry;
import dev.baton.journal.UnknownConversationException;
import dev.baton.privacy.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The input of the mapping that makes a hub's {@code open}. Used by {@code routes/handoff}. */
public final class HandoffRequest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Journal journal;
  private final String publicUrl;

  /**
   * @param publicUrl how vendors reach Baton, without a slash at the end
   */
  public HandoffRequest(Journal journal, String publicUrl) {
    this.journal = journal;
    this.publicUrl = publicUrl;
  }

  /**
   * @param lines the merged transcript
   * @param report told of the lines that the hub's limit cuts
   * @return {@code {activity, handoffId, callbackUrl, customer, locale, conversation, channel, bot,
   *     transcript}}
   */
  public Map<String, Object> describe(
      @Body List<TranscriptLine> lines,
      @Variable("conversation") String conversation,
      @Variable("handoffId") String handoffId,
      @Variable("hub") String hub,
      @Variable("request") Map<String, Object> request,
      @Variable("capabilities") Map<String, Object> capabilities,
      @Variable("report") Report report) {
    Conversation c =
        journal
            .find(conversation)
            .orElseThrow(() -> new UnknownConversationException(conversation));
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("activity", withoutAttachments(request));
    input.put("handoffId", handoffId);
    input.put("callbackUrl", publicUrl + "/hubs/" + hub + "/events");
    input.put("customer", customer(c));
    input.put("locale", c.locale());
    input.put("conversation", c.id());
    input.put("channel", c.channel());
    input.put("bot", c.bot());
    input.put("transcript", HandoffTranscript.lines(lines, capabilities, report));
    return input;
  }

  /**
   * The activity by which the bot asked for a human: in the entry itself, or, when the customer was
   * asked to choose meanwhile, in the first opening of the same handoff. What the customer made of
   * the description stands in its value's {@code va_AgentMessage}.
   *
   * @param entry body of an entry {@code open}
   */
  @SuppressWarnings("unchecked")
  public Map<String, Object> activity(Map<String, Object> entry, String conversation) {
    if (entry.get("activity") instanceof Map<?, ?> activity) {
      return (Map<String, Object>) activity;
    }
    ObjectNode first =
        journal.entries(conversation).stream()
            .filter(e -> e.lane() == Lane.HUB && e.operation().equals("open"))
            .map(StoredEntry::body)
            .filter(body -> body.path("handoffId").asText().equals(entry.get("handoffId")))
            .filter(body -> body.path("activity").isObject())
            .findFirst()
            .orElseThrow(
                () -> DeliveryException.permanent("The bot's request is not kept any more", null));
    Map<String, Object> activity = JSON.convertValue(first.get("activity"), Map.class);
    if (entry.get("description") != null) {
      Map<String, Object> value = new LinkedHashMap<>();
      if (activity.get("value") instanceof Map<?, ?> known) {
        known.forEach((key, v) -> value.put(String.valueOf(key), v));
      }
      value.put("va_AgentMessage", entry.get("description"));
      activity.put("value", value);
    }
    return activity;
  }

  /**
   * Body of {@code direct:handoff-nobody}: who wanted a human, and why none came.
   *
   * @return {@code {conversation, handoffId, bot, customer, locale, reason, nextOpen, context}}
   */
  public Map<String, Object> nobody(
      @Variable("conversation") String conversation,
      @Variable("handoffId") String handoffId,
      @Variable("reason") String reason,
      @Variable("nextOpen") String nextOpen,
      @Variable("request") Map<String, Object> request) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("conversation", conversation);
    body.put("handoffId", handoffId);
    journal
        .find(conversation)
        .ifPresent(
            c -> {
              body.put("bot", c.bot());
              body.put("customer", customer(c));
              body.put("locale", c.locale());
            });
    body.put("reason", reason);
    body.put("nextOpen", nextOpen);
    body.put("context", request == null ? null : request.get("value"));
    return body;
  }

  private static Map<String, Object> customer(Conversation c) {
    Map<String, Object> customer = new LinkedHashMap<>();
    customer.put("id", c.customer().id());
    customer.put("name", c.customer().name());
    return customer;
  }

  private static Map<String, Object> withoutAttachments(Map<String, Object> request) {
    Map<String, Object> copy = new LinkedHashMap<>(request);
    copy.remove("attachments"); // the transcript is merged already
    return copy;
  }
}
