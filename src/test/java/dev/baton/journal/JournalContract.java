package dev.baton.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Event;
import dev.baton.conversation.Lane;
import dev.baton.conversation.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a journal does on every database. */
abstract class JournalContract extends JournalFixture {
  @Test
  void anAppendedEventChangesTheStateAndFillsTheLanes() {
    begin("c1");

    Appended appended = say("c1", "m1", "hello");

    assertThat(appended.duplicate()).isFalse();
    assertThat(appended.result()).isEqualTo("c1|0000000");
    assertThat(journal.find("c1")).contains(appended.conversation());
    assertThat(journal.entries("c1"))
        .extracting(StoredEntry::lane, StoredEntry::status, StoredEntry::deliveryId)
        .containsExactly(
            tuple(Lane.CUSTOMER, StoredEntry.Status.DONE, "c1:1"),
            tuple(Lane.BOT, StoredEntry.Status.PENDING, "c1:2"));
  }

  @Test
  void aRepeatedSourceIdIsAnsweredWithTheSameResultAndHasNoEffect() {
    begin("c1");
    say("c1", "m0", "first");
    Appended first = say("c1", "m1", "hello");

    Appended again = say("c1", "m1", "hello");
    restart();
    Appended afterRestart = say("c1", "m1", "hello");

    assertThat(again.duplicate()).isTrue();
    assertThat(again.result()).isEqualTo(first.result()).isEqualTo("c1|0000001");
    assertThat(afterRestart.duplicate()).isTrue();
    assertThat(afterRestart.result()).isEqualTo(first.result());
    assertThat(journal.customerStream("c1", -1, 10)).hasSize(2);
  }

  @Test
  void repeatsWithinOneBatchAreFoundToo() {
    begin("c1");

    List<CompletableFuture<Appended>> sent =
        IntStream.range(0, 300)
            .mapToObj(
                i ->
                    journal.append(
                        "c1", "m" + i % 3, new Event.CustomerSaid(TestDecider.text("" + i % 3))))
            .toList();

    assertThat(sent.stream().map(CompletableFuture::join).filter(a -> !a.duplicate())).hasSize(3);
    assertThat(sent.stream().map(CompletableFuture::join).map(Appended::result).distinct())
        .hasSize(3);
    assertThat(journal.customerStream("c1", -1, 10)).hasSize(3);
  }

  @Test
  void theSameSourceIdInAnotherConversationIsAnotherEvent() {
    begin("c1");
    begin("c2");

    assertThat(say("c1", "m1", "one").duplicate()).isFalse();
    assertThat(say("c2", "m1", "two").duplicate()).isFalse();
  }

  @Test
  void eventsWithoutSourceIdAreNeverRepeats() {
    begin("c1");

    assertThat(say("c1", null, "same").duplicate()).isFalse();
    assertThat(say("c1", null, "same").duplicate()).isFalse();
  }

  @Test
  void startingTwiceIsARepeat() {
    assertThat(begin("c1").duplicate()).isFalse();
    assertThat(begin("c1").duplicate()).isTrue();
  }

  @Test
  void anUnknownConversationIsRefusedWithoutHarmToOthersInTheBatch() {
    begin("c1");

    CompletableFuture<Appended> unknown =
        journal.append("nobody", "m1", new Event.CustomerSaid(TestDecider.text("x")));
    CompletableFuture<Appended> known =
        journal.append("c1", "m1", new Event.CustomerSaid(TestDecider.text("x")));

    assertThatThrownBy(unknown::join).hasCauseInstanceOf(UnknownConversationException.class);
    assertThat(known.join().duplicate()).isFalse();
  }

  @Test
  void anEventTheCoreFailsOnFailsAlone() {
    begin("c1");
    begin("c2");
    List<CompletableFuture<Appended>> sent = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      sent.add(
          journal.append(
              i % 2 == 0 ? "c1" : "c2",
              "m" + i,
              new Event.CustomerSaid(TestDecider.text(i == 50 ? "boom" : "t" + i))));
    }

    assertThat(sent.stream().map(s -> s.handle((ok, failure) -> failure == null).join()))
        .containsExactlyElementsOf(IntStream.range(0, 100).mapToObj(i -> i != 50).toList());
    assertThat(texts(journal.customerStream("c1", -1, 100)))
        .containsExactlyElementsOf(
            IntStream.range(0, 50)
                .map(i -> i * 2)
                .filter(i -> i != 50)
                .mapToObj(i -> "t" + i)
                .toList());
    assertThat(say("c1", "m50", "fine now").duplicate()).isFalse();
  }

  @Test
  void anErrorFailsTheAppendAndTheJournalGoesOn() {
    begin("c1");

    assertThatThrownBy(() -> say("c1", "m1", "error")).hasRootCauseMessage("error");

    assertThat(say("c1", "m1", "fine").duplicate()).isFalse();
  }

  @Test
  void theCustomersStreamIsReadFromAnyPlaceWithoutGaps() {
    begin("c1");
    for (int i = 0; i < 5; i++) {
      say("c1", "m" + i, "t" + i);
    }

    assertThat(texts(journal.customerStream("c1", -1, 2))).containsExactly("t0", "t1");
    assertThat(texts(journal.customerStream("c1", 2, 10))).containsExactly("t3", "t4");
    assertThat(journal.customerStream("c1", 4, 10)).isEmpty();
  }

  @Test
  void stateSurvivesARestart() {
    begin("c1");
    say("c1", "m1", "hello \u0000 \uD83D\uDE00 \uD83D");
    requestHandoff("c1");
    var before = journal.find("c1").orElseThrow();

    restart();

    assertThat(journal.find("c1")).contains(before);
    assertThat(before.owner()).isEqualTo(Owner.PENDING);
    assertThat(journal.entries("c1").get(2).body().at("/activity/attachments/0").asText())
        .isEqualTo("a long transcript");
  }

  @Test
  void conversationsAreFoundByTheHubsId() {
    begin("c1");
    requestHandoff("c1");
    assertThat(journal.findByHubConversation("acme", "h-77")).isEmpty();

    journal.append("c1", "o1", new Event.HandoffOpened("c1:1", "acme", "h-77")).join();

    assertThat(journal.findByHubConversation("acme", "h-77").orElseThrow().id()).isEqualTo("c1");
    assertThat(journal.findByHubConversation("other", "h-77")).isEmpty();
  }

  @Test
  void conversationsAreListedByTheirProperties() {
    begin("c1", "ada");
    begin("c2", "bob");
    requestHandoff("c2");
    journal.append("c2", "o1", new Event.HandoffOpened("c2:1", "acme", "h-1")).join();

    assertThat(journal.list(null, null, null, null, 10))
        .extracting(c -> c.id())
        .containsExactlyInAnyOrder("c1", "c2");
    assertThat(journal.list(null, null, Owner.PENDING, null, 10))
        .extracting(c -> c.id())
        .containsExactly("c2");
    assertThat(journal.list("demo", "acme", null, "bob", 10)).hasSize(1);
    assertThat(journal.list(null, null, null, "eve", 10)).isEmpty();
    assertThat(journal.list(null, null, null, null, 1)).hasSize(1);
  }

  @Test
  void statisticsCountWhatThereIs() {
    begin("c1");
    say("c1", "m1", "one");
    say("c1", "m1", "one");
    begin("c2");
    requestHandoff("c2");
    Instant asked = journal.find("c2").orElseThrow().handoff().requestedAt();
    begin("c3");
    requestHandoff("c3");
    journal.append("c3", null, new Event.HandoffOpened("c3:1", "acme", "h")).join();
    journal.append("c3", null, new Event.HubAccepted("c3:1", null)).join();

    JournalStatistics.Snapshot now = journal.statistics();

    assertThat(now.conversations())
        .isEqualTo(Map.of(Owner.BOT, 1L, Owner.PENDING, 1L, Owner.AGENT, 1L));
    assertThat(now.openByBot()).isEqualTo(Map.of("demo", 3L));
    assertThat(now.openByHub()).isEqualTo(Map.of("acme", 1L));
    assertThat(now.laneDepths()).isEqualTo(Map.of(Lane.BOT, 1L, Lane.HUB, 2L));
    assertThat(now.deadLetters()).isZero();
    assertThat(now.oldestWaiting()).isEqualTo(asked);
    assertThat(journal.duplicates()).isEqualTo(1);
  }

  @Test
  void listenersAreToldBeforeTheCallerIs() {
    List<String> heard = new CopyOnWriteArrayList<>();
    journal.addListener(
        (conversation, entries) -> heard.add(conversation.id() + " " + entries.size()));

    begin("c1");
    say("c1", "m1", "hello");
    say("c1", "m1", "hello");

    assertThat(heard).containsExactly("c1 0", "c1 2");
  }

  @Test
  void endedConversationsArePurgedWithAllThatBelongsToThem() {
    begin("old");
    say("old", "m1", "hello");
    journal.documents().put("session", "demo/old", "old", "{}").join();
    journal.append("old", "l", new Event.CustomerLeft(null)).join();
    begin("open");

    assertThat(journal.purge(Instant.now().minusSeconds(60))).isZero();
    assertThat(journal.purge(Instant.now().plusSeconds(60))).isEqualTo(1);

    assertThat(journal.find("old")).isEmpty();
    assertThat(journal.entries("old")).isEmpty();
    assertThat(journal.documents().list("session")).isEmpty();
    assertThat(journal.find("open")).isPresent();
    assertThat(begin("old").duplicate()).isFalse();
    assertThat(say("old", "m1", "again").duplicate()).isFalse();
  }

  @Test
  void oneCustomersDataIsExportedAndErased() {
    begin("c1", "ada");
    say("c1", "m1", "my secret");
    begin("c2", "bob");

    assertThat(journal.export("ada"))
        .anySatisfy(line -> assertThat(line).contains("\"kind\":\"event\"", "my secret"))
        .allSatisfy(line -> assertThat(Json.read(line, ObjectNode.class).has("kind")).isTrue())
        .noneSatisfy(line -> assertThat(line).contains("bob"));
    assertThat(journal.erase("ada")).isEqualTo(1);

    assertThat(journal.export("ada")).isEmpty();
    assertThat(journal.find("c1")).isEmpty();
    assertThat(journal.find("c2")).isPresent();
    assertThatThrownBy(() -> say("c1", "m2", "still there?"))
        .hasCauseInstanceOf(UnknownConversationException.class);
  }

  @Test
  void documentsAreStoredReplacedListedAndDeleted() {
    DocumentStore documents = journal.documents();
    documents.put("setting", "key", "1").join();
    documents.put("setting", "key", "2").join();
    documents.put("setting", "other", "3").join();

    restart();
    documents = journal.documents();

    assertThat(documents.get("setting", "key")).contains("2");
    assertThat(documents.list("setting")).hasSize(2);
    documents.delete("setting", "key").join();
    assertThat(documents.get("setting", "key")).isEmpty();
    assertThat(documents.get("nothing", "key")).isEmpty();
  }

  @Test
  void aStoppedJournalRefusesWithAReason() {
    journal.close();

    assertThatThrownBy(() -> say("c1", "m", "x"))
        .hasCauseInstanceOf(JournalException.class)
        .hasMessageContaining("BTN-6003");
  }
}
