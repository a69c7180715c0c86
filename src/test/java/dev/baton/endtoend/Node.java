package dev.baton.endtoend;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A program on Node.js that ends with the test. Its output is kept line by line. */
final class Node implements AutoCloseable {
  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Node(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "node-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Skips the test with a clear message where Node or npm's registry is missing. */
  static void install(Path folder, Path temp) throws Exception {
    assumeTrue(run(folder, temp, "node", "--version"), "Skipped: Node.js 20 is not on the PATH");
    if (!Files.exists(folder.resolve("node_modules/.package-lock.json"))) {
      assumeTrue(
          run(folder, temp, "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts"),
          "Skipped: npm cannot install the packages of " + folder.resolve("package.json"));
    }
  }

  static Node start(Path folder, String... script) throws IOException {
    List<String> command = new ArrayList<>(List.of("node"));
    command.addAll(List.of(script));
    return new Node(
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start());
  }

  /** What it printed so far. */
  List<String> lines() {
    return lines;
  }

  void write(String line) throws IOException {
    process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
  }

  private void read() {
    try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
      reader.lines().forEach(lines::add);
    } catch (IOException | UncheckedIOException e) {
      lines.add(e.toString()); // the program has ended
    }
  }

  private static boolean run(Path folder, Path temp, String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(Files.createTempFile(temp, "node", ".log").toFile())
              .start();
      if (!process.waitFor(180, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
