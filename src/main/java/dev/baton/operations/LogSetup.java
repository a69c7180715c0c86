package dev.baton.operations;

import dev.baton.configuration.Settings;
import org.apache.logging.log4j.core.config.Configurator;

/** Sets up the log as configured; {@code log4j2.xml} reads these system properties. */
public final class LogSetup {
  private LogSetup() {}

  /** For a process that runs: form and level from the settings, to standard output. */
  public static void apply(Settings settings) {
    set(settings.logFormat(), settings.logLevel(), "SYSTEM_OUT");
    Configurator.reconfigure();
  }

  /** For a command whose output others read: errors only, to standard error. */
  public static void quiet() {
    set("text", "error", "SYSTEM_ERR");
  }

  private static void set(String format, String level, String target) {
    System.setProperty("baton.log.format", format);
    System.setProperty("baton.log.level", level);
    System.setProperty("log.target", target);
  }
}
