package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class DirectLineSecrecyTest {

  private static final class Lines extends AbstractAppender {
    final List<String> lines = new CopyOnWriteArrayList<>();

    Lines() {
      super("lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      Throwable thrown = event.getThrown();
      StringBuilder line = new StringBuilder(event.getMessage().getFormattedMessage());
      while (thrown != null) {
        line.append('\n').append(thrown);
        thrown = thrown.getCause();
      }
      lines.add(line.toString());
    }
  }

  @Test
  void neitherLogNorErrorsNorStatusHoldACredential() throws Exception {
    String logger = "dev.baton.directline";
    Level level = LogManager.getLogger(logger).getLevel();
    Lines lines = new Lines();
    lines.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    context.getRootLogger().addAppender(lines);
    Configurator.setLevel(logger, Level.TRACE);
    StringBuilder everything = new StringBuilder();
    try (FakeDirectLine service = new FakeDirectLine();
        ClientFixture client = new ClientFixture(service, c -> c.setEchoTimeout(200)).start()) {
      service.next("STREAM .*", (r, b) -> r.response().setStatusCode(503).end());
      client.open("k1");
      for (int status : new int[] {500, 502, 429, 401, 403, 400}) {
        service.nextStatus("POST .*/activities", status, "Any");
        Exchange failed = client.say("k1", "status " + status);
        everything.append(failed.getException());
      }
      service.nextStatus("GET .*", 403, "TokenExpired");
      await().until(() -> service.socketsOpened.get() > 0);
      service.act(() -> service.only().socket.close());
      await().until(() -> service.socketsOpened.get() > 1);
      everything.append(client.status());
      service.talks.clear();
      everything.append(client.say("k1", "lost").getException());
      everything.append(
          new DirectLineSession(
              "demo", "k", "u", "c", "token-x", null, null, null, null, null, true, true, null));
      everything.append(
          Grant.of(Map.of("token", "token-x", "streamUrl", "preauth-x"), java.time.Instant.now()));
    } finally {
      context.getRootLogger().removeAppender(lines);
      Configurator.setLevel(logger, level);
      lines.stop();
    }
    lines.lines.forEach(everything::append);
    assertThat(lines.lines).isNotEmpty();
    assertThat(everything.toString())
        .contains("demo")
        .doesNotContain(FakeDirectLine.SECRET)
        .doesNotContain("token-")
        .doesNotContain("preauth-");
  }
}
