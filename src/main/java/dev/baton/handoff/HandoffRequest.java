package dev.baton.handoff;

import dev.baton.activity.TranscriptLine;
import dev.baton.conversation.Conversation;
import dev.baton.journal.Journal;
import dev.baton.journal.UnknownConversationException;
import dev.baton.privacy.Report;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/** The input of the mapping that makes a hub's {@code open}. Used by {@code routes/handoff}. */
public final class HandoffRequest {
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
    Map<String, Object> customer = new LinkedHashMap<>();
    customer.put("id", c.customer().id());
    customer.put("name", c.customer().name());
    Map<String, Object> input = new LinkedHashMap<>();
    input.put("activity", withoutAttachments(request));
    input.put("handoffId", handoffId);
    input.put("callbackUrl", publicUrl + "/hubs/" + hub + "/events");
    input.put("customer", customer);
    input.put("locale", c.locale());
    input.put("conversation", c.id());
    input.put("channel", c.channel());
    input.put("bot", c.bot());
    input.put("transcript", HandoffTranscript.lines(lines, capabilities, report));
    return input;
  }

  private static Map<String, Object> withoutAttachments(Map<String, Object> request) {
    Map<String, Object> copy = new LinkedHashMap<>(request);
    copy.remove("attachments"); // the transcript is merged already
    return copy;
  }
}
