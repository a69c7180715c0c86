package dev.baton.channel.servicenow;

import static dev.baton.channel.servicenow.RelayRig.topic;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.servicenow.InterconnectCaller.Turns;
import dev.baton.channel.turn.TurnRules;
import dev.baton.simulator.copilot.Fault;
import dev.baton.simulator.copilot.FaultKind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Configurator;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RelaySecrecyTest {
  private static final String PACKAGE = "dev.baton.channel.servicenow";
  private static final String SECRET = "very-secret-of-the-bot";
  private static final String WRONG = "wrong-but-maybe-of-another-bot";

  private static final class Lines extends AbstractAppender {
    final List<String> lines = new CopyOnWriteArrayList<>();

    Lines() {
      super("relay-lines", null, null, true, Property.EMPTY_ARRAY);
    }

    @Override
    public void append(LogEvent event) {
      if (event.getLoggerName().startsWith(PACKAGE)) {
        lines.add(event.getMessage().getFormattedMessage() + " " + event.getThrown());
      }
    }
  }

  @Test
  void theLogHoldsNeitherSecretsNorStreamAddressesNorTexts(@TempDir Path folder) {
    Level level = LogManager.getLogger(PACKAGE).getLevel();
    Lines lines = new Lines();
    lines.start();
    LoggerContext context = (LoggerContext) LogManager.getContext(false);
    context.getRootLogger().addAppender(lines);
    Configurator.setLevel(PACKAGE, Level.TRACE);
    String script =
        "topics:\n" + topic("go", "wait: 120ms", "text: a private answer", "handoff: {}");
    try (RelayRig rig =
        new RelayRig(RelayRig.options(folder, script).secret(SECRET), 10, TurnRules.defaults())) {
      for (FaultKind fault :
          new FaultKind[] {FaultKind.SOCKET_DROP, FaultKind.SERVER_ERROR, FaultKind.UNAVAILABLE}) {
        String call = fault == FaultKind.UNAVAILABLE ? "stream" : "reconnect";
        rig.bot
            .faults()
            .arm(fault == FaultKind.SOCKET_DROP ? Fault.once(fault) : Fault.once(fault).at(call));
        Turns turns = rig.caller.start();
        assertThat(turns.ask("go")).containsExactly("a private answer");
      }
      rig.caller.call(Map.of("dlsecret", WRONG, "conversationid", "c"));
      rig.caller.call(Map.of("dlsecret", SECRET, "conversationid", "none-such"));
    } finally {
      context.getRootLogger().removeAppender(lines);
      Configurator.setLevel(PACKAGE, level);
      lines.stop();
    }
    assertThat(lines.lines)
        .anySatisfy(line -> assertThat(line).contains("1 messages, handoff: yes"))
        .anySatisfy(line -> assertThat(line).contains("BTN-1101"))
        .anySatisfy(line -> assertThat(line).contains("No stream for"))
        .allSatisfy(
            line ->
                assertThat(line)
                    .doesNotContain(SECRET)
                    .doesNotContain(WRONG)
                    .doesNotContain("/stream")
                    .doesNotContain("a private answer"));
  }
}
