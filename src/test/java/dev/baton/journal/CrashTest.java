package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.conversation.Lane;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after the process was killed: once, in order, in every lane. */
class CrashTest {
  private static final int CONVERSATIONS = 20;
  private static final int LINES = 3_000;

  @TempDir Path folder;

  @Test
  @Timeout(120)
  void everyAcknowledgedAppendIsThereExactlyOnceAfterAKill() throws Exception {
    Map<String, Integer> acknowledged = new HashMap<>();
    for (int kill = 0; kill < 3; kill++) {
      killAfter(LINES, acknowledged);
    }

    try (SqlJournal journal =
        new SqlJournal(JournalOptions.folder(folder), new TestDecider(), Clock.systemUTC())) {
      journal.start();
      int total = 0;
      for (int c = 0; c < CONVERSATIONS; c++) {
        String id = "c" + c;
        List<String> stream = texts(journal.customerStream(id, -1, Integer.MAX_VALUE));
        assertThat(stream)
            .hasSizeGreaterThanOrEqualTo(acknowledged.getOrDefault(id, 0))
            .containsExactlyElementsOf(
                IntStream.range(0, stream.size()).mapToObj(i -> "t" + i).toList());
        assertThat(texts(journal.entries(id).stream().filter(e -> e.lane() == Lane.BOT).toList()))
            .isEqualTo(stream);
        assertThat(journal.find(id).orElseThrow().customerActivities()).isEqualTo(stream.size());
        total += stream.size();
      }
      assertThat(total).isGreaterThanOrEqualTo(3 * LINES);
    }
  }

  /** Reads acknowledgements until there are enough, then kills the writer amid its work. */
  private void killAfter(int lines, Map<String, Integer> acknowledged) throws Exception {
    Process writer =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                CrashWriter.class.getName(),
                folder.toString(),
                Integer.toString(CONVERSATIONS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader out =
        new BufferedReader(
            new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
      for (int i = 0; i < lines; i++) {
        note(out.readLine(), acknowledged);
      }
      writer.toHandle().destroyForcibly(); // unlike Process.destroyForcibly, leaves the pipe open
      String line;
      while ((line = out.readLine()) != null) {
        note(line, acknowledged); // was printed before the kill, so it was acknowledged
      }
    } finally {
      writer.destroyForcibly();
      assertThat(writer.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static void note(String line, Map<String, Integer> acknowledged) {
    assertThat(line).as("the writer ended by itself").isNotNull();
    String[] parts = line.split(" ", -1);
    if (parts.length == 2 && !parts[1].isEmpty() && parts[0].startsWith("c")) {
      acknowledged.merge(parts[0], Integer.parseInt(parts[1]) + 1, Math::max);
    }
  }

  private static List<String> texts(List<StoredEntry> entries) {
    return entries.stream().map(entry -> entry.body().path("text").asText()).toList();
  }
}
