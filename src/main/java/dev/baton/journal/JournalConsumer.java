package dev.baton.journal;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Lane;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.RollbackExchangeException;
import org.apache.camel.support.DefaultConsumer;

/** Hands the entries of a lane to a route. */
final class JournalConsumer extends DefaultConsumer implements LaneHandler {
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final JournalEndpoint endpoint;
  private final Lane lane;
  private SqlJournal journal;
  private ExecutorService workers;

  JournalConsumer(JournalEndpoint endpoint, Processor processor, Lane lane) {
    super(endpoint, processor);
    this.endpoint = endpoint;
    this.lane = lane;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    journal = endpoint.getComponent().startedJournal();
    workers = endpoint.getComponent().pool("journal-" + lane.id(), endpoint.getWorkers());
    journal.attach(lane, this, workers);
  }

  @Override
  protected void doSuspend() throws Exception {
    journal.detach(lane);
    super.doSuspend();
  }

  @Override
  protected void doResume() throws Exception {
    super.doResume();
    journal.attach(lane, this, workers);
  }

  @Override
  protected void doStop() throws Exception {
    if (journal != null) {
      journal.detach(lane);
    }
    if (workers != null) {
      endpoint.getCamelContext().getExecutorServiceManager().shutdownGraceful(workers);
      workers = null;
    }
    super.doStop();
  }

  @Override
  public CompletionStage<String> deliver(StoredEntry entry) {
    Exchange exchange = createExchange(false);
    exchange.getMessage().setBody(Json.MAPPER.convertValue(entry.body(), MAP));
    setVariables(exchange, entry);
    CompletableFuture<String> outcome = new CompletableFuture<>();
    getAsyncProcessor()
        .process(
            exchange,
            doneSync -> {
              Throwable failure = failure(exchange);
              String remoteId = exchange.getVariable(JournalConstants.REMOTE_ID, String.class);
              releaseExchange(exchange, false);
              if (failure != null) {
                outcome.completeExceptionally(failure);
              } else {
                outcome.complete(remoteId);
              }
            });
    return outcome;
  }

  private static Throwable failure(Exchange exchange) {
    if (exchange.getException() != null) {
      return cause(exchange.getException());
    }
    return exchange.isRollbackOnly() ? new RollbackExchangeException(exchange) : null;
  }

  /** What a splitter or a multicast wraps says only where it happened, not what. */
  private static Throwable cause(Throwable failure) {
    return failure instanceof CamelExchangeException && failure.getCause() != null
        ? cause(failure.getCause())
        : failure;
  }

  private void setVariables(Exchange exchange, StoredEntry entry) {
    exchange.setVariable(JournalConstants.CONVERSATION, entry.conversation());
    exchange.setVariable(JournalConstants.DELIVERY_ID, entry.deliveryId());
    exchange.setVariable(JournalConstants.OPERATION, entry.operation());
    exchange.setVariable(JournalConstants.SEQ, entry.seq());
    exchange.setVariable(JournalConstants.ATTEMPT, entry.attempts() + 1);
    Conversation conversation = journal.find(entry.conversation()).orElse(null);
    if (conversation == null) {
      return;
    }
    exchange.setVariable(JournalConstants.BOT, conversation.bot());
    exchange.setVariable(JournalConstants.CHANNEL, conversation.channel());
    exchange.setVariable(JournalConstants.LOCALE, conversation.locale());
    setHandoff(exchange, entry.body(), conversation.handoff());
  }

  /** An entry may belong to an earlier handoff than the present one: its body says which. */
  private void setHandoff(Exchange exchange, ObjectNode body, Handoff present) {
    String id = body.path("handoffId").asText(present == null ? null : present.id());
    if (id == null) {
      return;
    }
    String[] known =
        present != null && present.id().equals(id)
            ? new String[] {present.hub(), present.hubConversationId()}
            : journal.handoff(id).orElse(new String[2]);
    set(exchange, JournalConstants.HANDOFF_ID, id);
    set(exchange, JournalConstants.HUB, body.path("hub").asText(known[0]));
    set(
        exchange,
        JournalConstants.HUB_CONVERSATION_ID,
        body.path("hubConversationId").asText(known[1]));
  }

  private static void set(Exchange exchange, String variable, String value) {
    if (value != null) {
      exchange.setVariable(variable, value);
    }
  }
}
