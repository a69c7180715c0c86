package dev.baton.channel.directline;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.Timestamps;
import dev.baton.conversation.Owner;
import dev.baton.journal.Journal;
import java.time.Instant;
import java.util.Map;

/** Shows the customer what is not kept, such as typing. Used by the routes. */
public final class Signals {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Journal journal;
  private final CustomerStreams streams;

  public Signals(Journal journal, CustomerStreams streams) {
    this.journal = journal;
    this.streams = streams;
  }

  /** Shows the bot's signal while the bot owns the conversation. */
  public void fromBot(String conversation, Map<String, Object> activity) {
    if (journal.find(conversation).filter(c -> c.owner() == Owner.BOT).isPresent()) {
      toCustomer(conversation, activity);
    }
  }

  /** Shows a signal as it is, under the customer's own conversation id. */
  public void toCustomer(String conversation, Map<String, Object> activity) {
    ObjectNode copy = JSON.valueToTree(activity);
    copy.remove("id");
    copy.remove("replyToId");
    copy.put("timestamp", Timestamps.text(Instant.now()));
    copy.put("channelId", "directline");
    copy.putObject("conversation").put("id", conversation);
    ObjectNode from =
        copy.path("from").isObject() ? (ObjectNode) copy.get("from") : copy.putObject("from");
    if (!from.hasNonNull("id")) {
      from.put("id", "baton");
    }
    from.put("role", "bot");
    streams.signal(conversation, copy);
  }
}
