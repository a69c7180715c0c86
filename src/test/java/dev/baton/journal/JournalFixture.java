package dev.baton.journal;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A running journal with the test's rules, and short words for what tests do to it. */
abstract class JournalFixture {
  SqlJournal journal;

  /** A store that is empty at the first call within a test, and the same one afterwards. */
  abstract JournalOptions options();

  @BeforeEach
  void start() {
    journal = open();
  }

  @AfterEach
  void stop() {
    journal.close();
  }

  SqlJournal open() {
    SqlJournal opened = new SqlJournal(options(), new TestDecider(), Clock.systemUTC());
    opened.start();
    return opened;
  }

  void restart() {
    journal.close();
    journal = open();
  }

  Appended begin(String conversation) {
    return begin(conversation, "web-1");
  }

  Appended begin(String conversation, String user) {
    return journal
        .append(
            conversation,
            null,
            new Event.CustomerStarted("demo", "directline", new Customer(user, "Ada"), "en", null))
        .join();
  }

  Appended say(String conversation, String sourceId, String text) {
    return journal
        .append(conversation, sourceId, new Event.CustomerSaid(TestDecider.text(text)))
        .join();
  }

  void requestHandoff(String conversation) {
    ObjectNode activity = Json.MAPPER.createObjectNode().put("name", "handoff.initiate");
    activity.putArray("attachments").add("a long transcript");
    journal.append(conversation, "h1", new Event.HandoffRequested(activity)).join();
  }

  static List<String> texts(List<StoredEntry> entries) {
    return entries.stream().map(entry -> entry.body().path("text").asText()).toList();
  }
}
