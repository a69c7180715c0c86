package dev.baton.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Baton in a process of its own, which can be killed and started again on the same data and ports.
 */
final class BatonProcess implements AutoCloseable {
  static final String BOT = "demo";
  static final String HUB = "agents";
  static final String CANVAS_SECRET = "canvas-secret-of-the-bench";
  static final String CALLBACK_SECRET = "callback-secret-of-the-bench";

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();
  private final Path folder;
  private final List<String> command;
  private final int port = freePort();
  private final int managementPort = freePort();
  private Process process;

  /**
   * @param folder for data, configuration and log
   * @param settings of bot and hub, beside those that every run needs
   */
  BatonProcess(Path folder, Map<String, String> settings) throws IOException {
    this.folder = folder;
    Path config = folder.resolve("baton.properties");
    List<String> lines = new ArrayList<>();
    lines.add("baton.host=127.0.0.1");
    lines.add("baton.port=" + port);
    lines.add("baton.public-url=" + url());
    lines.add("baton.management.port=" + managementPort);
    lines.add("baton.data=" + folder.resolve("data"));
    lines.add("baton.routes.folder=" + folder.resolve("routes"));
    lines.add("baton.bots." + BOT + ".canvas-secret=" + CANVAS_SECRET);
    settings.forEach((key, value) -> lines.add(key + "=" + value));
    Files.write(config, lines);
    this.command = command(config);
  }

  /**
   * The scripts name Baton's launcher in {@code baton.bench.launcher}; a test runs the classes that
   * it is tested with. {@code baton.bench.java} holds other words for the Java to run.
   */
  private static List<String> command(Path config) {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String launcher = System.getProperty("baton.bench.launcher");
    String words = System.getProperty("baton.bench.java");
    List<String> command = new ArrayList<>();
    if (launcher != null) {
      command.add(launcher);
    } else if (words != null) {
      command.add(java);
      command.addAll(List.of(words.trim().split("\\s+")));
    } else {
      command.addAll(
          List.of(java, "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m", "-cp"));
      command.addAll(List.of(System.getProperty("java.class.path"), "dev.baton.cli.Baton"));
    }
    command.addAll(List.of("run", "--config", config.toString()));
    return command;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("No free port", e);
    }
  }

  void start() throws IOException {
    process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
  }

  /** Returns when Baton is ready, and says how long that took since the call, in milliseconds. */
  long startAndWait(Duration limit) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    start();
    awaitReady(limit);
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  void awaitReady(Duration limit) throws InterruptedException, IOException {
    HttpRequest ready =
        HttpRequest.newBuilder(
                URI.create("http://127.0.0.1:" + managementPort + "/observe/health/ready"))
            .timeout(Duration.ofSeconds(2))
            .build();
    long end = System.nanoTime() + limit.toNanos();
    while (System.nanoTime() < end) {
      if (process.waitFor(10, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException(
            "Baton ended with " + process.exitValue() + " at its start:\n" + tail());
      }
      try {
        if (http.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not listening yet
      }
    }
    throw new IllegalStateException("Baton was not ready within " + limit + ":\n" + tail());
  }

  /** Leaves it running for a while. Fails when it ends by itself. */
  void runFor(Duration time) throws InterruptedException, IOException {
    if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IllegalStateException(
          "Baton ended by itself with " + process.exitValue() + ":\n" + tail());
    }
  }

  /** As {@code kill -9}: no hook runs, nothing is flushed. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  long pid() {
    return process.pid();
  }

  String url() {
    return "http://127.0.0.1:" + port;
  }

  int port() {
    return port;
  }

  Path folder() {
    return folder;
  }

  Path log() {
    return folder.resolve("baton.log");
  }

  String tail() throws IOException {
    List<String> lines = Files.readAllLines(log());
    return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
  }

  @Override
  public void close() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        kill();
      }
    }
  }
}
