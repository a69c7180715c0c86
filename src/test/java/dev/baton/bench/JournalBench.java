package dev.baton.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Decider;
import dev.baton.conversation.Decision;
import dev.baton.conversation.Entry;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import dev.baton.journal.JournalOptions;
import dev.baton.journal.SqlJournal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Prints how many appends per second the journal makes durable, and what the disk allows. Each
 * append is one customer message: the event, its echo in the customer's stream, an entry for the
 * bot and the new state.
 *
 * <pre>JournalBench [folder or JDBC URL] [seconds]</pre>
 */
public final class JournalBench {
  private JournalBench() {}

  public static void main(String[] arguments) throws Exception {
    String where = arguments.length > 0 ? arguments[0] : "target/journal-bench";
    int seconds = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 5;
    JournalOptions options;
    if (where.startsWith("jdbc:")) {
      options = JournalOptions.url(where);
    } else {
      Path folder = Path.of(where);
      delete(folder);
      Files.createDirectories(folder);
      fsync(folder);
      options = JournalOptions.folder(folder);
    }
    long opening = System.nanoTime();
    try (SqlJournal journal = new SqlJournal(options, new Echo(), Clock.systemUTC())) {
      journal.start();
      print("start of the journal, with migration: %.0f ms", (System.nanoTime() - opening) / 1e6);
      measure(journal, 100, 3); // warms up
      print(
          "%10s %12s %10s %10s %12s", "producers", "appends/s", "p50 ms", "p99 ms", "CPU us each");
      for (int producers : new int[] {1, 10, 100, 400}) {
        long cpu = cpuTime();
        long[] times = measure(journal, producers, seconds);
        print(
            "%10d %12.0f %10.2f %10.2f %12.1f",
            producers,
            times.length / (double) seconds,
            times[times.length / 2] / 1e6,
            times[(int) (times.length * 0.99)] / 1e6,
            (cpuTime() - cpu) / 1e3 / times.length);
      }
    }
  }

  /** Of all threads together, so that the figure holds on a busy machine, too. */
  private static long cpuTime() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  private static void fsync(Path folder) throws IOException {
    Path file = folder.resolve("fsync");
    long[] times = new long[2_000];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.allocate(4 << 20));
      channel.force(true);
      for (int i = 0; i < times.length; i++) {
        channel.write(ByteBuffer.allocate(4096), i % 1024 * 4096L); // in place, as the log does
        long start = System.nanoTime();
        channel.force(false);
        times[i] = System.nanoTime() - start;
      }
    }
    Files.delete(file);
    Arrays.sort(times);
    print(
        "fdatasync of 4 KB: p50 %.3f ms, p99 %.3f ms, %.0f/s",
        times[times.length / 2] / 1e6,
        times[(int) (times.length * 0.99)] / 1e6,
        times.length * 1e9 / Arrays.stream(times).sum());
  }

  private static long[] measure(SqlJournal journal, int producers, int seconds)
      throws InterruptedException {
    long[][] times = new long[producers][];
    CountDownLatch done = new CountDownLatch(producers);
    long end = System.nanoTime() + seconds * 1_000_000_000L;
    for (int p = 0; p < producers; p++) {
      int producer = p;
      String conversation = "bench-" + producers + "-" + seconds + "-" + p;
      Thread thread =
          new Thread(
              () -> {
                times[producer] = produce(journal, conversation, end);
                done.countDown();
              });
      thread.start();
    }
    done.await();
    return Arrays.stream(times).flatMapToLong(Arrays::stream).sorted().toArray();
  }

  private static long[] produce(SqlJournal journal, String conversation, long end) {
    journal
        .append(
            conversation,
            null,
            new Event.CustomerStarted(
                "bench", "directline", new Customer("user", null), "en", null))
        .join();
    long[] times = new long[1024];
    int count = 0;
    while (System.nanoTime() < end) {
      ObjectNode activity = JsonNodeFactory.instance.objectNode().put("type", "message");
      activity.put("text", "Message number " + count + " of somebody who has a question to ask");
      long start = System.nanoTime();
      journal.append(conversation, "m" + count, new Event.CustomerSaid(activity)).join();
      if (count == times.length) {
        times = Arrays.copyOf(times, count * 2);
      }
      times[count++] = System.nanoTime() - start;
    }
    return Arrays.copyOf(times, count);
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(java.util.Locale.ROOT, format, arguments));
  }

  /** The least that a rule can be: an echo and an entry for the bot. */
  private static final class Echo implements Decider {
    @Override
    public Decision decide(Conversation current, String id, Event event, Instant now) {
      if (event instanceof Event.CustomerStarted started) {
        return decision(state(id, started.customer(), 0, now), List.of());
      }
      ObjectNode activity = ((Event.CustomerSaid) event).activity();
      long number = current.customerActivities();
      ObjectNode echo = activity.deepCopy().put("id", id + "|" + number);
      return decision(
          state(id, current.customer(), number + 1, now),
          List.of(
              new Entry(Lane.CUSTOMER, "activity", echo), new Entry(Lane.BOT, "post", activity)));
    }

    private static Conversation state(String id, Customer customer, long activities, Instant now) {
      return new Conversation(
          id,
          "bench",
          "directline",
          customer,
          "en",
          Owner.BOT,
          null,
          0,
          activities,
          Map.of(),
          now,
          now,
          null);
    }

    private static Decision decision(Conversation next, List<Entry> entries) {
      return new Decision(next, entries, Decision.Unheard.KEEP, null);
    }
  }
}
