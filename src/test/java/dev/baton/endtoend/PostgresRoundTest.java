package dev.baton.endtoend;

import static dev.baton.endtoend.HandoffTest.untilHub;
import static dev.baton.endtoend.RunningBaton.get;
import static dev.baton.endtoend.RunningBaton.raise;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.baton.simulator.http.HubCallbacks;
import dev.baton.simulator.http.HubChat;
import io.vertx.core.Future;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A whole round, with a restart in it, on a real PostgreSQL. */
class PostgresRoundTest {
  @Test
  void aRoundWithARestartInIt(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres postgres = start();
        RunningBaton baton =
            RunningBaton.start(
                folder,
                Map.of(
                    "baton.store.url",
                    "jdbc:postgresql://127.0.0.1:" + postgres.getPort() + "/postgres",
                    "baton.store.user",
                    "postgres",
                    "baton.timeouts.settle",
                    "0s"))) {
      HubCallbacks hub = baton.acme.callbacks();
      Customer ada = baton.customer();
      ada.say("count");
      ada.untilText("Five.");
      HubChat chat = baton.withGrace(ada);
      raise(hub.raise(chat, hub.message(chat, "Hello Ada")));
      ada.untilText("Hello Ada");
      ada.say("before the restart");

      baton.stop();
      Future<Integer> said = hub.deliver(chat, hub.message(chat, "while it was away"));
      baton.startAgain();

      assertThat(get(said.toCompletionStage())).isEqualTo(200);
      ada.untilText("while it was away");
      ada.say("after the restart");
      untilHub(chat, "after the restart");
      raise(hub.raise(chat, hub.ended(chat)));
      ada.untilText("I'm back. I hope");
      ada.say("opening hours");
      ada.untilText("We are open Monday");

      assertThat(chat.texts()).containsExactly("before the restart", "after the restart");
      assertThat(ada.textsBy("agent")).containsExactly("Hello Ada", "while it was away");
      assertThat(baton.botTold(ada)).containsExactly("accepted", "completed");
      ada.sawEverythingOnceInOrder();
    }
  }

  private static EmbeddedPostgres start() {
    try {
      return EmbeddedPostgres.builder().start();
    } catch (Exception e) {
      return abort("Skipped: PostgreSQL does not start here: " + e);
    }
  }
}
