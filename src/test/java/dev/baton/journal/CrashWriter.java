package dev.baton.journal;

import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;

/**
 * The process that {@link CrashTest} kills: appends without end from many conversations at once and
 * prints each append that was acknowledged. Each line is {@code <conversation> <number>}.
 */
final class CrashWriter {
  private CrashWriter() {}

  public static void main(String[] arguments) throws Exception {
    SqlJournal journal =
        new SqlJournal(
            JournalOptions.folder(Path.of(arguments[0])), new TestDecider(), Clock.systemUTC());
    journal.start();
    // A delivery that is never done: the lanes must still be complete afterwards.
    journal.attach(
        dev.baton.conversation.Lane.BOT, entry -> new CompletableFuture<>(), Runnable::run);
    int conversations = Integer.parseInt(arguments[1]);
    for (int c = 0; c < conversations; c++) {
      String id = "c" + c;
      journal
          .append(
              id,
              null,
              new Event.CustomerStarted("demo", "directline", new Customer(id, null), "en", null))
          .join();
      say(journal, id, journal.customerStream(id, -1, Integer.MAX_VALUE).size());
    }
    Thread.currentThread().join();
  }

  private static void say(SqlJournal journal, String conversation, int number) {
    journal
        .append(conversation, "m" + number, new Event.CustomerSaid(TestDecider.text("t" + number)))
        .whenComplete(
            (appended, failure) -> {
              if (failure != null) {
                failure.printStackTrace();
                return;
              }
              System.out.println(conversation + " " + number);
              say(journal, conversation, number + 1);
            });
  }
}
