package dev.baton.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.genesys.ArchitectFlow;
import dev.baton.simulator.genesys.ConnectorCaller;
import dev.baton.simulator.genesys.ConnectorSession;
import dev.baton.simulator.genesys.ConnectorTurn;
import io.vertx.core.Vertx;
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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * {@code bench/genesys}: turns of one to three messages after 0.1 to 9 seconds, through Bot
 * Connector with its usual budget. Added time is what passes between the bot's last message and the
 * moment at which Genesys has the answer.
 */
public final class GenesysBench {
  private static final List<Integer> LATENCIES = List.of(100, 800, 1200, 2500);
  private static final int LATE = 9000;
  private static final String SECRET = "secret-of-the-bench";
  private static final int SESSIONS = 8;
  private static final int WARM_UP = 4;
  private static final Duration DEADLINE = Duration.ofSeconds(20);

  private final Path folder;
  private final int turns;
  private final Vertx vertx = Vertx.vertx();
  private final ConnectorCaller caller = new ConnectorCaller(vertx);
  private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);

  /** A kind of bot. */
  private record Bot(String name, String title, CopilotSimulator service) {}

  /** One session of Genesys, and the conversation with the bot that belongs to it. */
  private record Line(ConnectorSession session, String talk) {}

  /** One kind of turn. */
  private record Cell(int latency, int messages) {}

  private GenesysBench(Path folder, int turns) {
    this.folder = folder;
    this.turns = turns;
  }

  public static void main(String[] args) throws Exception {
    boolean isShort = List.of(args).contains("--short");
    Path folder = Files.createTempDirectory("baton-bench");
    try {
      new GenesysBench(folder, isShort ? 2 : 6).run();
    } finally {
      Crash.delete(folder);
    }
    System.exit(0);
  }

  private void run() throws Exception {
    CopilotOptions plain = CopilotOptions.defaults().withoutFaults();
    List<Bot> bots =
        List.of(
            bot("held", "in one go, post held by the bot", plain.holdingPosts(), ""),
            bot("hint", "in one go, last expects input", plain, ", hint: expectingInput"),
            bot("plain", "in one go, no sign of the end", plain, ""));
    try (BatonProcess baton = new BatonProcess(folder, settings(bots))) {
      baton.startAndWait(Duration.ofSeconds(60));
      System.out.printf(
          "%d sessions at a time, %d turns per cell; whole turns, added time p50 and p99%n%n",
          SESSIONS, turns * SESSIONS);
      System.out.printf(
          "%-34s%8s   %-25s %-25s %s%n", "bot", "after", "one message", "two", "three");
      for (Bot bot : bots) {
        measure(baton, bot);
      }
    } finally {
      threads.shutdownNow();
      bots.forEach(bot -> bot.service.close());
      caller.close();
      vertx.close();
    }
  }

  private void measure(BatonProcess baton, Bot bot) throws Exception {
    List<Line> lines = each(IntStream.range(0, SESSIONS).boxed().toList(), i -> open(baton, bot));
    play(bot, lines, List.of(300), WARM_UP);
    Map<Cell, List<Long>> added = play(bot, lines, LATENCIES, turns);
    for (int latency : LATENCIES) {
      StringBuilder row =
          new StringBuilder(String.format(Locale.ROOT, "%-34s%5d ms", bot.title, latency));
      for (int messages = 1; messages <= 3; messages++) {
        row.append("   ").append(text(turns * SESSIONS, added.get(new Cell(latency, messages))));
      }
      System.out.println(row);
    }
    List<Long> all = added.values().stream().flatMap(List::stream).toList();
    System.out.printf(
        "%-34s%8s   %s   %s%n",
        bot.title, "all", text(turns * SESSIONS * LATENCIES.size() * 3, all), verdict(all));
    long late = each(lines, GenesysBench::late).stream().filter(Boolean::booleanValue).count();
    System.out.printf(
        "%-34s%5d ms   first in the next answer, in order: %d of %d%n%n",
        bot.title, LATE, late, SESSIONS);
  }

  /** Every session has all kinds of turns in an order of its own. */
  private Map<Cell, List<Long>> play(Bot bot, List<Line> lines, List<Integer> latencies, int times)
      throws Exception {
    Map<Cell, List<Long>> added = new ConcurrentHashMap<>();
    List<Cell> kinds = new ArrayList<>();
    for (int latency : latencies) {
      for (int messages = 1; messages <= 3; messages++) {
        Cell cell = new Cell(latency, messages);
        added.put(cell, Collections.synchronizedList(new ArrayList<>()));
        kinds.addAll(Collections.nCopies(times, cell));
      }
    }
    each(
        lines,
        line -> {
          List<Cell> order = new ArrayList<>(kinds);
          Collections.shuffle(order, new Random(lines.indexOf(line)));
          for (Cell cell : order) {
            turn(bot, line, cell).ifPresent(added.get(cell)::add);
          }
          return null;
        });
    return added;
  }

  /** The added time of a turn that was whole. */
  private Optional<Long> turn(Bot bot, Line line, Cell cell) {
    ConnectorTurn turn = say(line.session, "after " + cell.latency + " " + cell.messages);
    Instant now = Instant.now();
    if (turn.texts().equals(expected(cell.latency, cell.messages))) {
      return Optional.of(Duration.between(lastSaid(bot, line), now).toNanos());
    }
    say(line.session, "after 100 1"); // the rest comes first in this answer
    return Optional.empty();
  }

  private static String verdict(List<Long> added) {
    double p99 =
        added.isEmpty()
            ? Double.POSITIVE_INFINITY
            : Times.of(added.stream().mapToLong(Long::longValue).toArray()).percentile(99);
    return p99 < 30
        ? "target p99 < 30 ms: met"
        : String.format(Locale.ROOT, "target p99 < 30 ms: MISSED by %.1f ms", p99 - 30);
  }

  private static String text(int count, List<Long> added) {
    if (added.isEmpty()) {
      return "   0 %         -         -";
    }
    Times times = Times.of(added.stream().mapToLong(Long::longValue).toArray());
    return String.format(
        Locale.ROOT,
        "%4.0f %% %5.0f ms %5.0f ms",
        100.0 * added.size() / count,
        times.median(),
        times.percentile(99));
  }

  private interface Work<A, B> {
    B on(A one) throws Exception;
  }

  private <A, B> List<B> each(List<A> all, Work<A, B> work) throws Exception {
    List<Future<B>> running = new ArrayList<>();
    for (A one : all) {
      running.add(threads.submit(() -> work.on(one)));
    }
    List<B> done = new ArrayList<>();
    for (Future<B> result : running) {
      done.add(result.get(5, TimeUnit.MINUTES));
    }
    return done;
  }

  private Line open(BatonProcess baton, Bot bot) {
    ConnectorSession session =
        caller.start(
            ArchitectFlow.legacy(
                    baton.url() + "/channels/genesys/" + bot.name + "/botconnector/postutterance")
                .credential("Authorization", SECRET)
                .deadline(DEADLINE)
                .intent("None"));
    say(session, "after 300 1");
    String user = "gc-" + session.conversation();
    String talk =
        bot.service.conversations().stream()
            .filter(
                id ->
                    bot.service.received(id).stream()
                        .anyMatch(a -> a.path("from").path("id").asText().equals(user)))
            .findFirst()
            .orElseThrow();
    return new Line(session, talk);
  }

  /** Two messages after nine seconds: they are not in the answer, and first in the next one. */
  private static boolean late(Line line) {
    ConnectorTurn spent = say(line.session, "after " + LATE + " 2");
    ConnectorTurn next = say(line.session, "after 2500 1");
    List<String> all = new ArrayList<>(expected(LATE, 2));
    all.addAll(expected(2500, 1));
    return spent.wantsMore()
        && spent.texts().stream().noneMatch(text -> text.startsWith("9000"))
        && next.texts().equals(all);
  }

  private static ConnectorTurn say(ConnectorSession session, String text) {
    return session
        .say(text)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(60, TimeUnit.SECONDS)
        .join();
  }

  private static List<String> expected(int latency, int messages) {
    return IntStream.rangeClosed(1, messages).mapToObj(n -> latency + " no " + n).toList();
  }

  private static Instant lastSaid(Bot bot, Line line) {
    List<ObjectNode> stream = bot.service.stream(line.talk);
    for (int i = stream.size() - 1; i >= 0; i--) {
      if (stream.get(i).path("text").asText().contains(" no ")) {
        return OffsetDateTime.parse(stream.get(i).path("timestamp").asText()).toInstant();
      }
    }
    throw new IllegalStateException("The bot has said nothing");
  }

  private Bot bot(String name, String title, CopilotOptions options, String last) throws Exception {
    StringBuilder script = new StringBuilder("topics:\n");
    List<Integer> all = new ArrayList<>(LATENCIES);
    all.add(300);
    all.add(LATE);
    for (int latency : all) {
      for (int messages = 1; messages <= 3; messages++) {
        script
            .append("  - name: t")
            .append(latency)
            .append('x')
            .append(messages)
            .append("\n    phrases: [\"after ")
            .append(latency)
            .append(' ')
            .append(messages)
            .append("\"]\n    steps:\n      - wait: ")
            .append(latency)
            .append("ms\n");
        for (int n = 1; n <= messages; n++) {
          script.append("      - {text: ").append(latency).append(" no ").append(n);
          script.append(n == messages ? last : "").append("}\n");
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
      settings.put("baton.channels.genesys." + bot.name + ".secrets", SECRET);
    }
    settings.put("baton.bots.demo.url", bots.get(0).service.url().toString());
    settings.put("baton.bots.demo.secret", bots.get(0).service.secret());
    return settings;
  }
}
