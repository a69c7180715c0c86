package dev.baton.handoff;

import dev.baton.conversation.Conversation;
import dev.baton.journal.Journal;
import dev.baton.journal.UnknownConversationException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A new conversation with a bot whose old one is lost or over. Used by {@code routes/bot}. */
public final class BotResume {
  private final Journal journal;

  public BotResume(Journal journal) {
    this.journal = journal;
  }

  /** Body of {@code directline:…?operation=start}; its context tells the bot what it resumes. */
  public Map<String, Object> start(String conversation) {
    Conversation c =
        journal
            .find(conversation)
            .orElseThrow(() -> new UnknownConversationException(conversation));
    Map<String, Object> user = new LinkedHashMap<>();
    user.put("id", c.customer().id());
    if (c.customer().name() != null) {
      user.put("name", c.customer().name());
    }
    Map<String, Object> start = new LinkedHashMap<>();
    start.put("user", user);
    if (c.locale() != null) {
      start.put("locale", c.locale());
    }
    start.put("context", Map.of("resumedFrom", conversation));
    start.put("fresh", true);
    return start;
  }
}
