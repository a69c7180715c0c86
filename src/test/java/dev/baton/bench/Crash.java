package dev.baton.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code bench/crash}: prints kills and lines, and ends with 1 unless all arrived once in order.
 */
public final class Crash {
  private Crash() {}

  public static void main(String[] args) throws Exception {
    Map<String, Long> options = new TreeMap<>();
    options.put("--kills", 10L);
    options.put("--seconds", 300L);
    options.put("--conversations", 24L);
    options.put("--pause", 20L);
    options.put("--seed", System.nanoTime() & 0xffff);
    for (String arg : args) {
      String[] option = arg.split("=", 2);
      if (option.length != 2 || !options.containsKey(option[0])) {
        System.err.println("Unknown option " + arg + ". There are: " + options.keySet());
        System.exit(2);
      }
      options.put(option[0], Long.parseLong(option[1]));
    }
    Path folder = Files.createTempDirectory("baton-crash");
    CrashReport report =
        new CrashRun(
                new CrashRun.Options(
                    options.get("--kills").intValue(),
                    options.get("--seconds").intValue(),
                    options.get("--conversations").intValue(),
                    options.get("--pause"),
                    options.get("--seed")))
            .run(folder);
    System.out.println(report.table());
    if (report.isClean()) {
      delete(folder);
    } else {
      System.out.println("Data and log of Baton: " + folder);
    }
    System.exit(report.isClean() ? 0 : 1);
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
