package dev.baton.application;

import dev.baton.configuration.Settings;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Policy;
import dev.baton.conversation.Rules;
import dev.baton.journal.JournalOptions;
import dev.baton.journal.LaneOptions;
import dev.baton.journal.SqlJournal;
import dev.baton.texts.BundledTexts;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** The journal, the rules and the texts as configured. */
final class Journals {
  /**
   * Channels that bring their own humans, and how long a conversation may rest there. In Genesys
   * the customer has at most three days for an answer; the front end ends the conversation sooner.
   * Omnichannel closes a conversation that only a bot has after half an hour.
   */
  private static final Map<String, Duration> ESCALATING =
      Map.of("genesys", Duration.ofDays(4), "omnichannel", Duration.ofDays(1));

  /** Channels that Baton calls; others come and read. */
  private static final Set<String> CALLED = Set.of("omnichannel");

  private Journals() {}

  static SqlJournal of(Settings settings) {
    Settings.Store store = settings.store();
    JournalOptions options =
        store.url() == null ? JournalOptions.folder(store.data()) : JournalOptions.url(store.url());
    options
        .credentials(store.user(), store.password() == null ? null : store.password().reveal())
        .readers(store.pool())
        .retention(store.retention())
        .pushChannels(CALLED)
        .lane(Lane.BOT, lane(settings, settings.lanes().botLimit()))
        .lane(Lane.HUB, lane(settings, settings.timeouts().hubUnreachable()))
        .lane(Lane.CUSTOMER, lane(settings, settings.lanes().customerLimit()));
    BundledTexts texts = new BundledTexts(settings.texts(), settings.defaultLocale());
    return new SqlJournal(options, new Rules(policy(settings), texts), Clock.systemUTC());
  }

  private static LaneOptions lane(Settings settings, Duration limit) {
    return new LaneOptions(
        settings.lanes().firstDelay(), 2, settings.lanes().longestDelay(), limit);
  }

  private static Policy policy(Settings settings) {
    Settings.Timeouts timeouts = settings.timeouts();
    Policy policy =
        new Policy(
            timeouts.assignment(),
            timeouts.customerIdle(),
            timeouts.agentIdle(),
            timeouts.botSilent(),
            timeouts.conversationIdle(),
            timeouts.grace(),
            timeouts.settle(),
            settings.handoff().sendStatus(),
            Set.copyOf(settings.handoff().cancelWords()));
    return policy.escalating(ESCALATING);
  }
}
