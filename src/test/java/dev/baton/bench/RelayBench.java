package dev.baton.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.channel.servicenow.InterconnectCaller;
import dev.baton.channel.servicenow.InterconnectCaller.Turns;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * {@code bench/relay}: turns of three messages through the relay, and as the public relay function
 * does it, which waits two seconds and reads once. Added time is what passes between the bot's last
 * message and the moment at which ServiceNow has it.
 */
public final class RelayBench {
  private static final Duration FIXED = Duration.ofSeconds(2);
  private static final List<Integer> LATENCIES = List.of(100, 1200, 2500);
  private static final List<String> MESSAGES = List.of("one", "two", "three");
  private static final int CONVERSATIONS = 16;
  private static final int WARM_UP = 5;

  private final Path folder;
  private final int turns;
  private final ExecutorService threads = Executors.newFixedThreadPool(CONVERSATIONS);

  /** A kind of bot. */
  private record Bot(String name, String title, CopilotSimulator service) {}

  /** What one cell of the table says. */
  private record Cell(int turns, List<Long> addedNanos) {
    @Override
    public String toString() {
      if (addedNanos.isEmpty()) {
        return "   0 %         -         -";
      }
      Times times = Times.of(addedNanos.stream().mapToLong(Long::longValue).toArray());
      return String.format(
          Locale.ROOT,
          "%4.0f %% %6.0f ms %6.0f ms",
          100.0 * addedNanos.size() / turns,
          times.median(),
          times.percentile(99));
    }
  }

  private RelayBench(Path folder, int turns) {
    this.folder = folder;
    this.turns = turns;
  }

  public static void main(String[] args) throws Exception {
    boolean isShort = List.of(args).contains("--short");
    Path folder = Files.createTempDirectory("baton-bench");
    try {
      new RelayBench(folder, isShort ? 2 : 8).run();
    } finally {
      Crash.delete(folder);
    }
    System.exit(0);
  }

  private void run() throws Exception {
    CopilotOptions plain = CopilotOptions.defaults().withoutFaults();
    List<Bot> bots =
        List.of(
            bot("plain", "in one go, no hint", plain, 0, ""),
            bot("polling", "the same, read at intervals", plain, 0, ""),
            bot("hint", "in one go, last expects input", plain, 0, ", hint: expectingInput"),
            bot("held", "in one go, post held", plain.holdingPosts(), 0, ""),
            bot(
                "spacedhint",
                "300 ms apart, last expects input",
                plain,
                300,
                ", hint: expectingInput"),
            bot("spaced", "300 ms apart, no hint", plain, 300, ""));
    try (BatonProcess baton = new BatonProcess(folder, settings(bots))) {
      baton.startAndWait(Duration.ofSeconds(60));
      for (int i = 0; i < WARM_UP; i++) {
        for (Bot bot : bots) {
          measure(baton, bot, LATENCIES.get(0), false);
        }
      }
      System.out.printf(
          "%d turns per cell; whole turns, added time p50 and p99%n%n", turns * CONVERSATIONS);
      System.out.printf("%-34s%8s   %-26s %s%n", "bot", "first", "fixed 2 s", "relay");
      for (Bot bot : bots) {
        for (int latency : LATENCIES) {
          System.out.printf(
              "%-34s%5d ms   %-26s %s%n",
              bot.title,
              latency,
              measure(baton, bot, latency, true),
              measure(baton, bot, latency, false));
        }
      }
    } finally {
      threads.shutdownNow();
      bots.forEach(bot -> bot.service.close());
    }
  }

  private Bot bot(String name, String title, CopilotOptions options, int gap, String last)
      throws Exception {
    StringBuilder script = new StringBuilder("topics:\n");
    for (int latency : LATENCIES) {
      script.append("  - name: t").append(latency).append("\n    phrases: [\"after ");
      script
          .append(latency)
          .append("\"]\n    steps:\n      - wait: ")
          .append(latency)
          .append("ms\n");
      for (String message : MESSAGES) {
        boolean isLast = message.equals("three");
        script.append("      - {text: ").append(message).append(isLast ? last : "").append("}\n");
        if (gap > 0 && !isLast) {
          script.append("      - wait: ").append(gap).append("ms\n");
        }
      }
    }
    Path file = Files.writeString(folder.resolve(name + ".yaml"), script);
    return new Bot(name, title, CopilotSimulator.startAndWait(options.script(file)));
  }

  private static Map<String, String> settings(List<Bot> bots) {
    Map<String, String> settings = new LinkedHashMap<>();
    for (Bot bot : bots) {
      settings.put("baton.bots." + bot.name + ".url", bot.service.url().toString());
      settings.put("baton.bots." + bot.name + ".secret", bot.service.secret());
      settings.put("baton.channels.servicenow." + bot.name + ".wait", "20s");
    }
    settings.put("baton.bots.polling.stream", "polling");
    settings.put("baton.bots.demo.url", bots.get(0).service.url().toString());
    settings.put("baton.bots.demo.secret", bots.get(0).service.secret());
    return settings;
  }

  private Cell measure(BatonProcess baton, Bot bot, int latency, boolean fixed) throws Exception {
    InterconnectCaller caller =
        new InterconnectCaller(
            bot.service.url() + "/v3/directline",
            bot.service.secret(),
            URI.create(baton.url() + "/channels/servicenow/" + bot.name + "/activities"));
    List<Long> added = Collections.synchronizedList(new ArrayList<>());
    List<Future<?>> running = new ArrayList<>();
    for (int i = 0; i < CONVERSATIONS; i++) {
      running.add(threads.submit(() -> converse(caller, latency, fixed, added)));
    }
    for (Future<?> conversation : running) {
      conversation.get(5, TimeUnit.MINUTES);
    }
    return new Cell(turns * CONVERSATIONS, added);
  }

  private void converse(InterconnectCaller caller, int latency, boolean fixed, List<Long> added) {
    Turns conversation = caller.start();
    for (int i = 0; i < turns; i++) {
      conversation.post("after " + latency);
      JsonNode set = fixed ? afterTheFixedWait(conversation) : conversation.read();
      Instant now = Instant.now();
      if (InterconnectCaller.said(set).equals(MESSAGES)) {
        added.add(Duration.between(lastSaid(set), now).toNanos());
      } else {
        // The rest would come with the next turn; a new conversation keeps the turns apart.
        conversation = caller.start();
      }
    }
  }

  /** What is measured here is a pause, so there is nothing that could be waited for instead. */
  private static JsonNode afterTheFixedWait(Turns conversation) {
    long end = System.nanoTime() + FIXED.toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    return conversation.readOnce();
  }

  private static Instant lastSaid(JsonNode set) {
    JsonNode activities = set.path("activities");
    String timestamp = activities.path(activities.size() - 1).path("timestamp").asText();
    return OffsetDateTime.parse(timestamp).toInstant();
  }
}
