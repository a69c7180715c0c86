package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Microsoft's own client (npm {@code botframework-directlinejs}), unchanged, in a page of another
 * origin (jsdom, which enforces CORS). Needs Node, and npm's registry the first time.
 */
class MicrosoftClientTest {
  private static final Path FOLDER = Path.of("src/test/node").toAbsolutePath();

  @TempDir Path temp;

  @BeforeAll
  static void installClient(@TempDir Path temp) throws Exception {
    assumeTrue(
        run(temp, "node", "--version").exit == 0,
        "Skipped: Node 20 is not on the PATH, so Microsoft's client cannot run");
    if (!Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))) {
      Result install = run(temp, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts");
      assumeTrue(
          install.exit == 0,
          () -> "Skipped: npm cannot install Microsoft's client: " + install.output);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"websocket", "polling"})
  void talksWithTheServiceUnchanged(String mode) throws Exception {
    try (Service service = new Service(temp.resolve("uploads"))) {
      service.bot.onDrop =
          conversation -> {
            service.server.dropStream(conversation);
            for (int i = 0; i < 10; i++) {
              service.backend.say(conversation, EchoBot.message("meanwhile " + i));
            }
          };
      Result result = run(temp, "node", "client.js", service.url(""), Service.ORIGIN, mode);
      assertThat(result.exit).as(result.output).isZero();
      assertThat(result.output).contains(mode + ": ");
    }
  }

  @Test
  void theLockFileNamesNoRegistry() throws IOException {
    assertThat(Files.readString(FOLDER.resolve("package-lock.json")))
        .doesNotContain("\"resolved\"");
  }

  private record Result(int exit, String output) {}

  private static Result run(Path temp, String... command) throws Exception {
    Path output = Files.createTempFile(temp, "node", ".log");
    try {
      Process process =
          new ProcessBuilder(List.of(command))
              .directory(FOLDER.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return new Result(-1, "Too slow: " + Files.readString(output, StandardCharsets.UTF_8));
      }
      return new Result(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    } catch (IOException e) {
      return new Result(-1, e.getMessage());
    }
  }
}
