package dev.baton.journal;

import dev.baton.conversation.Event;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultAsyncProducer;

/** Appends an event; the route goes on once it is durable. */
final class JournalProducer extends DefaultAsyncProducer {
  private final JournalEndpoint endpoint;
  private final EventReader reader;
  private SqlJournal journal;
  private Executor workers;

  JournalProducer(JournalEndpoint endpoint, EventReader reader) {
    super(endpoint);
    this.endpoint = endpoint;
    this.reader = reader;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    journal = endpoint.getComponent().startedJournal();
    workers = endpoint.getComponent().workers();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    String conversation;
    Event event;
    try {
      conversation = exchange.getVariable(JournalConstants.CONVERSATION, String.class);
      if (conversation == null || conversation.isEmpty()) {
        throw new IllegalArgumentException(
            "journal:append needs the variable conversation, which is not set");
      }
      event = reader.read(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    String sourceId = exchange.getVariable(JournalConstants.SOURCE_ID, String.class);
    journal
        .append(conversation, sourceId, event)
        .whenComplete(
            (appended, failure) -> {
              if (failure != null) {
                exchange.setException(failure);
              } else {
                exchange.setVariable(JournalConstants.DUPLICATE, appended.duplicate());
                exchange.setVariable(JournalConstants.RESULT, appended.result());
                exchange.setVariable(
                    JournalConstants.OWNER, appended.conversation().owner().name());
              }
              goOn(callback);
            });
    return false;
  }

  /** The rest of the route may block, which the journal's threads must not. */
  private void goOn(AsyncCallback callback) {
    try {
      workers.execute(() -> callback.done(false));
    } catch (RejectedExecutionException e) {
      callback.done(false); // the context is stopping
    }
  }
}
