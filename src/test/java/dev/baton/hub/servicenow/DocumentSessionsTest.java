package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.conversation.Policy;
import dev.baton.conversation.Rules;
import dev.baton.hub.servicenow.Session.Phase;
import dev.baton.journal.JournalOptions;
import dev.baton.journal.SqlJournal;
import dev.baton.texts.BundledTexts;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentSessionsTest {
  @TempDir private Path folder;
  private SqlJournal journal;
  private DocumentSessions sessions;

  @BeforeEach
  void start() {
    journal =
        new SqlJournal(
            JournalOptions.folder(folder),
            new Rules(Policy.defaults(), new BundledTexts(Map.of(), "en")),
            Clock.systemUTC());
    journal.start();
    sessions = new DocumentSessions(journal.documents());
  }

  @AfterEach
  void stop() {
    journal.close();
  }

  @Test
  void aSessionSurvivesARestartWithEverythingThatIsDue() {
    Session session = session("c-1-it");
    session.firstCallbackBy = 5_000;
    session.held.add(Map.of("type", "message"));
    session.options.put("Yes", "y");
    sessions.save(session);
    journal.close();
    start();
    Session restored = sessions.find("it", "c-1-it").orElseThrow();
    assertThat(restored.json()).isEqualTo(session.json());
    assertThat(restored.due()).isEqualTo(Instant.ofEpochMilli(5_000));
    assertThat(sessions.open("it")).hasSize(1);
    assertThat(sessions.open("other")).isEmpty();
  }

  @Test
  void whatHasEndedIsFoundButNotOpen() {
    Session session = session("c-1-it");
    sessions.save(session);
    session.phase = Phase.ENDED;
    sessions.save(session);
    assertThat(sessions.open("it")).isEmpty();
    assertThat(sessions.find("it", "c-1-it").orElseThrow().ended()).isTrue();
  }

  @Test
  void aUsersNewestSessionIsFoundByTheUser() {
    sessions.save(session("c-1-it"));
    sessions.newest(session("c-1-it"));
    sessions.save(session("c-2-it"));
    sessions.newest(session("c-2-it"));
    assertThat(sessions.newestOf("it", "u-1").orElseThrow().id).isEqualTo("c-2-it");
    assertThat(sessions.newestOf("it", "u-2")).isEmpty();
  }

  @Test
  void theNewestHundredCallbacksThatBelongToNobodyAreKept() {
    for (int i = 0; i < 103; i++) {
      sessions.unclaimed("it", "{\"n\":" + i + "}");
    }
    assertThat(journal.documents().list("servicenow-unclaimed:it")).hasSize(100);
  }

  private static Session session(String id) {
    Session session = new Session();
    session.id = id;
    session.hub = "it";
    session.conversation = "c";
    session.userId = "u-1";
    session.handoffId = "c:1";
    return session;
  }
}
