package dev.baton.bench;

import dev.baton.simulator.copilot.CopilotSimulator;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Many conversations that are open and quiet, every other one with the customer's socket. */
final class OpenConversations {
  private static final int AT_ONCE = 50;

  private final Clients clients;
  private final AtomicInteger greetings = new AtomicInteger();
  private final List<Canvas> canvases = new ArrayList<>();

  OpenConversations(Clients clients) {
    this.clients = clients;
  }

  void open(String root, CopilotSimulator bot, int count) throws Exception {
    int known = bot.conversations().size();
    for (int begun = 0; begun < count; begun += AT_ONCE) {
      List<Future<?>> opening = new ArrayList<>();
      for (int i = begun; i < Math.min(count, begun + AT_ONCE); i++) {
        Canvas canvas =
            clients.canvas(
                root,
                BatonProcess.CANVAS_SECRET,
                "customer-" + i,
                activity -> greetings.incrementAndGet());
        canvases.add(canvas);
        boolean socket = i % 2 == 0;
        opening.add(
            canvas.start().compose(id -> socket ? canvas.stream() : Future.succeededFuture()));
      }
      Clients.wait(Future.all(opening), 120);
    }
    // The bot greets with two messages, which the sockets show.
    Awaitility.await()
        .atMost(Duration.ofMinutes(3))
        .until(
            () -> bot.conversations().size() - known >= count && greetings.get() >= count / 2 * 2);
  }

  /** Resident memory of a process, in MB. */
  static long residentMegabytes(long pid) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + pid + "/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    throw new IOException("No VmRSS for process " + pid);
  }

  void close() {
    canvases.forEach(Canvas::close);
  }
}
