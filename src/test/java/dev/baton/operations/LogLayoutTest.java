package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.ConfigurationSource;
import org.apache.logging.log4j.core.config.xml.XmlConfiguration;
import org.apache.logging.log4j.core.impl.Log4jLogEvent;
import org.apache.logging.log4j.message.SimpleMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The text form of the log, as the shipped configuration makes it. */
class LogLayoutTest {
  private LoggerContext context;

  @BeforeEach
  void start() throws Exception {
    context = new LoggerContext("log-layout");
    var source = ConfigurationSource.fromResource("log4j2.xml", getClass().getClassLoader());
    context.start(new XmlConfiguration(context, source));
  }

  @AfterEach
  void stop() {
    context.stop();
  }

  @Test
  void aLineBreakInAMessageMakesNoLineOfTheLog() {
    String text = line("The hub says no\r\n2026-01-01 ERROR forged", null);
    assertThat(text.lines()).hasSize(1);
    assertThat(text).contains("says no\\r\\n2026-01-01 ERROR forged");
  }

  @Test
  void aStackTraceKeepsItsLines() {
    String text = line("It failed", new IllegalStateException("why"));
    assertThat(text.lines()).hasSizeGreaterThan(2).anyMatch(l -> l.startsWith("\tat "));
  }

  @Test
  void aCredentialInAMessageIsMasked() {
    assertThat(line("answered Bearer abc.def", null)).contains("Bearer ***").doesNotContain("abc");
  }

  private String line(String message, Throwable thrown) {
    return context
        .getConfiguration()
        .getAppender("console")
        .getLayout()
        .toSerializable(
            Log4jLogEvent.newBuilder()
                .setLoggerName("test")
                .setLevel(Level.WARN)
                .setMessage(new SimpleMessage(message))
                .setThrown(thrown)
                .build())
        .toString();
  }
}
