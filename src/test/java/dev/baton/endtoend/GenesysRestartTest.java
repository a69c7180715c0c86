package dev.baton.endtoend;

import static dev.baton.endtoend.GenesysFront.say;
import static dev.baton.endtoend.GenesysFront.turn;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.simulator.genesys.ConnectorSession;
import dev.baton.simulator.genesys.ConnectorTurn;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Baton stops and starts again in the middle of a session of Genesys. */
class GenesysRestartTest {

  @Test
  void aRestartInMidSessionGoesUnnoticed(@TempDir Path folder) throws Exception {
    Map<String, String> more = new HashMap<>();
    GenesysFront.front(more, "later", Map.of("reply", "asynchronous", "asynchronous-budget", "5s"));
    try (GenesysFront front = GenesysFront.startWithCloud(folder, more, "later")) {
      ConnectorSession session = front.session();
      ConnectorSession other = front.genesys.connector().start(front.digital("later"));
      say(session, "my order is A-1009");
      assertThat(say(session, "after 9000").texts()).hasSize(1);
      Future<ConnectorTurn> promised = other.say("after 2500");
      front.untilBotHeard(other, "after 2500");

      front.baton.stop();
      front.untilBotSaid(session, "9000 two");
      front.baton.startAgain();

      assertThat(say(session, "and now?").texts())
          .containsExactly("9000 one", "9000 two", "You said and now?");
      assertThat(turn(promised).texts()).containsExactly("2500 one");
      ConnectorTurn end = say(session, "a human");
      assertThat(end.branch()).isEqualTo("Escalate");
      assertThat(end.slots()).containsEntry("OrderNumber", "A-1009");
      assertThat(front.talks(session)).hasSize(1);
      assertThat(front.heard(session))
          .containsExactly("my order is A-1009", "after 9000", "and now?", "a human");
      assertThat(front.heard(other)).containsExactly("after 2500");
    }
  }

  @Test
  void aCallThatWaitsWhileBatonStopsIsAnsweredAndNothingIsLost(@TempDir Path folder)
      throws Exception {
    try (GenesysFront front = GenesysFront.start(folder, Map.of())) {
      ConnectorSession session = front.session();
      say(session, "hello");
      Future<ConnectorTurn> pending = session.say("after 2500");
      front.untilBotHeard(session, "after 2500");

      front.baton.stop();
      ConnectorTurn answered = turn(pending);
      front.untilBotSaid(session, "2500 one");
      front.baton.startAgain();

      assertThat(answered.wantsMore()).as(answered.error()).isTrue();
      List<String> texts = new ArrayList<>(answered.texts());
      texts.addAll(say(session, "after 100").texts());
      texts.removeIf(text -> text.startsWith("This is taking longer"));
      assertThat(texts).containsExactly("2500 one", "100 one");
    }
  }
}
