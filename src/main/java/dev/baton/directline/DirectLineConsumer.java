package dev.baton.directline;

import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.support.DefaultConsumer;

/** Gives the activities of all conversations of a bot to one route, each conversation in order. */
public class DirectLineConsumer extends DefaultConsumer implements Suspendable {
  private final DirectLineEndpoint endpoint;
  private final Sink sink = this::deliver;
  private DirectLineClient client;

  public DirectLineConsumer(DirectLineEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (client == null) {
      client = endpoint.acquire();
    }
    try {
      client.attach(sink);
    } catch (RuntimeException e) {
      client = null;
      endpoint.release();
      throw e;
    }
  }

  @Override
  protected void doSuspend() {
    client.detach(sink);
  }

  @Override
  protected void doResume() {
    client.attach(sink);
  }

  @Override
  protected void doStop() throws Exception {
    if (client != null) {
      client.detach(sink);
      client = null;
      endpoint.release();
    }
    super.doStop();
  }

  private void deliver(
      DirectLineSession session,
      Map<String, Object> activity,
      String watermark,
      int attempt,
      Consumer<Throwable> done) {
    Exchange exchange = createExchange(false);
    Message message = exchange.getMessage();
    message.setBody(activity);
    message.setHeader(DirectLineConstants.KEY, session.key());
    message.setHeader(DirectLineConstants.CONVERSATION_ID, session.conversationId());
    message.setHeader(DirectLineConstants.ATTEMPT, attempt);
    set(message, DirectLineConstants.ACTIVITY_ID, Json.text(activity, "id"));
    set(message, DirectLineConstants.ACTIVITY_TYPE, Json.text(activity, "type"));
    set(message, DirectLineConstants.WATERMARK, watermark);
    getAsyncProcessor()
        .process(
            exchange,
            doneSync -> {
              Throwable failure = exchange.getException();
              if (failure == null && exchange.isRollbackOnly()) {
                failure = new IllegalStateException("The route marked the exchange for rollback");
              }
              releaseExchange(exchange, false);
              done.accept(failure);
            });
  }

  private static void set(Message message, String header, String value) {
    if (value != null) {
      message.setHeader(header, value);
    }
  }
}
