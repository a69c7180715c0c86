package dev.baton.channel.genesys;

import dev.baton.activity.SafeText;
import dev.baton.operations.ConversationLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in log and metrics what Genesys was answered, and which variables of a handoff did not
 * become slots. Never their values.
 */
final class ReplyReport {
  private static final Logger LOG = LoggerFactory.getLogger(ReplyReport.class);
  private static final String VARIABLES = "baton.genesys.variables";
  private static final String ANSWERS = "baton.genesys.answers";

  private final Supplier<MeterRegistry> meters;

  /**
   * @param meters gives null where there are none
   */
  ReplyReport(Supplier<MeterRegistry> meters) {
    this.meters = meters;
  }

  void of(GenesysBot bot, String conversation, ReplyMaker.Made made) {
    MeterRegistry registry = meters.get();
    if (registry != null) {
      registry.counter(ANSWERS, "bot", bot.bot(), "state", made.reply().state().word()).increment();
    }
    count(bot, "slot", made.reply().slots().size());
    Map<HandoffSlots.Outcome, TreeSet<String>> left = new TreeMap<>();
    for (HandoffSlots.Note note : made.notes()) {
      left.computeIfAbsent(note.outcome(), outcome -> new TreeSet<>()).add(note.variable());
      count(bot, note.outcome().name().toLowerCase(Locale.ROOT), 1);
    }
    if (!left.isEmpty()) {
      try (ConversationLog.Scope scope = ConversationLog.with(conversation)) {
        LOG.info(
            "BTN-1157 Intent {} of bot {}: {} slots; not in them: {}",
            made.reply().intent(),
            bot.bot(),
            made.reply().slots().size(),
            SafeText.clean(left.toString()));
      }
    }
  }

  private void count(GenesysBot bot, String outcome, int number) {
    MeterRegistry registry = number > 0 ? meters.get() : null;
    if (registry != null) {
      registry.counter(VARIABLES, "bot", bot.bot(), "outcome", outcome).increment(number);
    }
  }
}
