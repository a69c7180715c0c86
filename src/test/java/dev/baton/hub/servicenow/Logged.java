package dev.baton.hub.servicenow;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;

/** What the package logs meanwhile. */
final class Logged extends AbstractAppender implements AutoCloseable {
  private final List<String> lines = new CopyOnWriteArrayList<>();
  private static final String PACKAGE = "dev.baton.hub.servicenow";
  private final org.apache.logging.log4j.core.Logger root;
  private final Level before = LogManager.getLogger(PACKAGE).getLevel();

  Logged() {
    super("logged-" + System.nanoTime(), null, null, true, Property.EMPTY_ARRAY);
    start();
    root = ((LoggerContext) LogManager.getContext(false)).getRootLogger();
    root.addAppender(this);
    // An application that ran before may have set another level.
    Configurator.setLevel(PACKAGE, Level.INFO);
  }

  @Override
  public void append(LogEvent event) {
    lines.add(event.getMessage().getFormattedMessage());
  }

  /** Lines that hold a code. */
  List<String> of(String code) {
    return lines.stream().filter(line -> line.contains(code)).toList();
  }

  List<String> all() {
    return lines;
  }

  @Override
  public void close() {
    root.removeAppender(this);
    Configurator.setLevel(PACKAGE, before);
  }
}
