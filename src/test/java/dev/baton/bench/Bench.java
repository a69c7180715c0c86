package dev.baton.bench;

import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import dev.baton.simulator.http.HttpHubSimulator;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** {@code bench/run}: measures Baton and the bare relay in one run and prints one table. */
public final class Bench {
  private static final int CONNECTIONS = 100;
  private static final int CONVERSATIONS = 5_000;
  private static final Duration START = Duration.ofSeconds(60);

  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final int scale;
  private final List<String> rows = new ArrayList<>();

  private Bench(Path folder, int scale) {
    this.folder = folder;
    this.scale = scale;
  }

  public static void main(String[] args) throws Exception {
    Set<String> only = new TreeSet<>(List.of("disk", "start", "turn", "relay", "memory"));
    int scale = 1;
    for (String arg : args) {
      if (arg.startsWith("--only=")) {
        only = new TreeSet<>(List.of(arg.substring("--only=".length()).split(",")));
      } else if (arg.equals("--short")) {
        scale = 5;
      } else {
        System.err.println(
            "Unknown option "
                + arg
                + ". There are --short and --only=disk,start,turn,relay,memory");
        System.exit(2);
      }
    }
    Path folder = Files.createTempDirectory("baton-bench");
    try {
      new Bench(folder, scale).run(only);
    } finally {
      Crash.delete(folder);
    }
    System.exit(0);
  }

  private void run(Set<String> only) throws Exception {
    row("machine", machine(), "");
    if (only.contains("disk")) {
      row("fsync of 4 KB on this disk", Fsync.measure(folder).text(), "");
    }
    try (CopilotSimulator bot =
            CopilotSimulator.startAndWait(CopilotOptions.defaults().pace(0).withoutFaults());
        HttpHubSimulator hub =
            HttpHubSimulator.start(0, CrashRun.HUB_TOKEN, BatonProcess.CALLBACK_SECRET)
                .recording(false)) {
      if (only.contains("start")) {
        starts(bot, hub);
      }
      if (only.contains("turn")) {
        turns(bot, hub);
      }
      if (only.contains("relay")) {
        relay(bot, hub);
      }
      if (only.contains("memory")) {
        memory(bot, hub);
      }
    }
    System.out.println();
    rows.forEach(System.out::println);
  }

  private void starts(CopilotSimulator bot, HttpHubSimulator hub) throws Exception {
    try (BatonProcess baton = baton("start", bot, hub)) {
      baton.startAndWait(START); // makes the store and, where it is missing, the class archive
      baton.close();
      int count = scale == 1 ? 7 : 3;
      long[] nanos = new long[count];
      for (int i = 0; i < count; i++) {
        nanos[i] = TimeUnit.MILLISECONDS.toNanos(baton.startAndWait(START));
        baton.close();
      }
      double median = Times.of(nanos).median();
      row(
          "start to ready",
          String.format(Locale.ROOT, "median %.0f ms of %d", median, count),
          verdict("< 3000 ms", median, 3000, "ms"));
    }
  }

  private void turns(CopilotSimulator bot, HttpHubSimulator hub) throws Exception {
    try (BatonProcess baton = baton("turn", bot, hub)) {
      baton.startAndWait(START);
      Clients clients = new Clients(vertx, 16, 16);
      TurnLoad direct = new TurnLoad(clients, bot.url().toString(), bot.secret());
      TurnLoad through = new TurnLoad(clients, baton.url(), BatonProcess.CANVAS_SECRET);
      int count = 3_000 / scale;
      long[] alone = new long[count];
      long[] relayed = new long[count];
      for (int i = -2_000 / scale; i < count; i++) {
        long a = direct.turn();
        long b = through.turn();
        if (i >= 0) {
          alone[i] = a;
          relayed[i] = b;
        }
      }
      direct.close();
      through.close();
      Times without = Times.of(alone);
      Times with = Times.of(relayed);
      row("bot turn, direct", without.text(), "");
      row("bot turn, through Baton", with.text(), "");
      addedRow("added p50", with.median() - without.median(), 10);
      addedRow("added p99", with.percentile(99) - without.percentile(99), 30);
    }
  }

  private void addedRow(String name, double millis, double limit) {
    row(
        name + " per bot turn",
        String.format(Locale.ROOT, "%.2f ms", millis),
        verdict("< " + (int) limit + " ms", millis, limit, "ms"));
  }

  private void relay(CopilotSimulator bot, HttpHubSimulator hub) throws Exception {
    RelayLoad.Result bareResult = bareRate(hub);
    double bare = bareResult.rate();
    RelayLoad.Result result;
    try (BatonProcess baton = baton("relay", bot, hub)) {
      baton.startAndWait(START);
      result = rate(hub, baton.url(), baton.pid(), true);
    }
    double relayed = result.rate();
    row("relayed messages, bare relay", String.format(Locale.ROOT, "%.0f/s", bare), "");
    double ratio = relayed / bare;
    row(
        "processor time per message",
        "bare relay " + bareResult.cpu() + "; Baton " + result.cpu(),
        "");
    row(
        "relayed messages, Baton",
        String.format(Locale.ROOT, "%.0f/s, %.2f of the bare relay", relayed, ratio),
        ratio >= 0.5
            ? "target >= 0.50: met"
            : String.format(Locale.ROOT, "target >= 0.50: MISSED by %.2f", 0.5 - ratio));
  }

  private RelayLoad.Result bareRate(HttpHubSimulator hub) throws Exception {
    int port = BatonProcess.freePort();
    Process relay =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                BareRelay.class.getName(),
                Integer.toString(port),
                hub.url(),
                CrashRun.HUB_TOKEN,
                folder.resolve("bare").toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      if (relay.getInputStream().read() < 0) {
        throw new IllegalStateException("The bare relay did not start");
      }
      return rate(hub, "http://127.0.0.1:" + port, relay.pid(), false);
    } finally {
      relay.destroyForcibly().waitFor();
    }
  }

  private RelayLoad.Result rate(HttpHubSimulator hub, String root, long pid, boolean ask)
      throws Exception {
    RelayLoad load = new RelayLoad(vertx, hub, CONNECTIONS);
    load.open(new Clients(vertx, CONNECTIONS, CONNECTIONS), root, ask);
    RelayLoad.Result rate =
        load.rate(pid, Duration.ofSeconds(30 / scale), Duration.ofSeconds(20 / scale));
    load.close();
    return rate;
  }

  private void memory(CopilotSimulator bot, HttpHubSimulator hub) throws Exception {
    int count = CONVERSATIONS / scale;
    try (BatonProcess baton = baton("memory", bot, hub)) {
      baton.startAndWait(START);
      long empty = OpenConversations.residentMegabytes(baton.pid());
      OpenConversations open = new OpenConversations(new Clients(vertx, 64, count));
      open.open(baton.url(), bot, count);
      baton.runFor(Duration.ofSeconds(10 / scale));
      long resident = OpenConversations.residentMegabytes(baton.pid());
      open.close();
      row("resident memory after the start", empty + " MB", "");
      row(
          "resident memory, " + count + " conversations",
          resident + " MB",
          verdict("< 400 MB", resident, 400, "MB"));
    }
  }

  private BatonProcess baton(String name, CopilotSimulator bot, HttpHubSimulator hub)
      throws Exception {
    return new BatonProcess(
        Files.createDirectory(folder.resolve(name)), Map.copyOf(CrashRun.settings(bot, hub)));
  }

  private static String verdict(String target, double value, double limit, String unit) {
    return value < limit
        ? "target " + target + ": met"
        : String.format(Locale.ROOT, "target %s: MISSED by %.1f %s", target, value - limit, unit);
  }

  private void row(String name, String value, String verdict) {
    String row = String.format(Locale.ROOT, "%-38s %-52s %s", name, value, verdict).stripTrailing();
    rows.add(row);
    System.err.println(row);
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "%d CPUs, Java %s (%s), %s %s, load before %.2f",
        Runtime.getRuntime().availableProcessors(),
        Runtime.version(),
        System.getProperty("java.vm.name"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        java.lang.management.ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }
}
