package dev.baton.channel.servicenow;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Meters of one bot's relay. */
final class RelayMeters {
  private final MeterRegistry meters;
  private final String bot;
  private final Counter messages;
  private final Counter handoffs;

  RelayMeters(MeterRegistry meters, String bot, AtomicInteger waiting) {
    this.meters = meters;
    this.bot = bot;
    this.messages =
        Counter.builder("baton.relay.messages")
            .description("Bot's messages delivered to ServiceNow")
            .tag("bot", bot)
            .register(meters);
    this.handoffs =
        Counter.builder("baton.relay.handoffs")
            .description("Calls whose answer held the bot's request for a human")
            .tag("bot", bot)
            .register(meters);
    Gauge.builder("baton.relay.waiting", waiting, AtomicInteger::get)
        .description("Calls that wait for the bot now")
        .tag("bot", bot)
        .register(meters);
  }

  void answered(RelayAnswer answer) {
    Timer.builder("baton.relay.turn")
        .description("Time from ServiceNow's call to its answer, by what ended the turn")
        .tags("bot", bot, "end", answer.reason().name().toLowerCase(Locale.ROOT))
        .register(meters)
        .record(answer.took());
    messages.increment(answer.messages());
    if (answer.handoff()) {
      handoffs.increment();
    }
  }

  void failed(String problem) {
    meters.counter("baton.relay.failures", "bot", bot, "code", problem).increment();
  }
}
