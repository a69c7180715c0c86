package dev.baton.channel.genesys;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.CallQueue;
import dev.baton.http.AsyncHttpConstants;
import dev.baton.operations.Traces;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.support.AsyncProcessorSupport;

/**
 * Bean {@code genesysTurn}: takes a request of Genesys (body: its JSON as a map; variables {@code
 * bot} and {@code genesysFace}, both set by the route) and leaves the answer as a map, once the
 * bot's turn is complete. An empty answer means that the turn will follow.
 */
final class GenesysTurns extends AsyncProcessorSupport {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, Object>> MAP = new TypeReference<>() {};

  private final TurnTools tools;
  private final CallQueue queue;
  private final Map<String, GenesysBot> bots;
  private final Predicate<String> allowed;
  private final Map<String, CompletableFuture<ObjectNode>> underWay = new ConcurrentHashMap<>();

  /**
   * @param allowed whether a file's URL may be given to the bot
   */
  GenesysTurns(
      TurnTools tools, CallQueue queue, Map<String, GenesysBot> bots, Predicate<String> allowed) {
    this.tools = tools;
    this.queue = queue;
    this.bots = bots;
    this.allowed = allowed;
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    CompletableFuture<ObjectNode> answer;
    try {
      answer = take(exchange);
    } catch (RuntimeException e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    answer.whenCompleteAsync(
        (form, failure) -> {
          if (failure != null) {
            exchange.setException(
                failure instanceof CompletionException ? failure.getCause() : failure);
          } else {
            exchange.getMessage().setBody(JSON.convertValue(form, MAP));
          }
          callback.done(false);
        },
        tools.workers());
    return false;
  }

  private CompletableFuture<ObjectNode> take(Exchange exchange) {
    Call call = call(exchange);
    exchange.setVariable("conversation", call.conversation());
    Traces.shared().note(call.conversation(), exchange.getVariable("traceparent", String.class));
    String hash = exchange.getVariable("requestHash", String.class);
    if (hash == null) {
      return start(call);
    }
    // The very same request while the first one waits: somebody in between was impatient.
    String same = call.conversation() + ' ' + hash;
    CompletableFuture<ObjectNode> mine = new CompletableFuture<>();
    CompletableFuture<ObjectNode> before = underWay.putIfAbsent(same, mine);
    if (before != null) {
      return before;
    }
    mine.whenComplete((form, failure) -> underWay.remove(same));
    try {
      start(call)
          .whenComplete(
              (form, failure) -> {
                if (failure == null) {
                  mine.complete(form);
                } else {
                  mine.completeExceptionally(failure);
                }
              });
    } catch (RuntimeException e) {
      mine.completeExceptionally(e);
    }
    return mine;
  }

  private Call call(Exchange exchange) {
    GenesysBot bot = bots.get(exchange.getVariable("bot", String.class));
    Call.Face face = exchange.getVariable("genesysFace", Call.Face.class);
    Utterance said =
        Utterance.of(
            JSON.valueToTree(exchange.getMessage().getBody(Map.class)),
            face == Call.Face.BOT_CONNECTOR,
            allowed);
    String correlation = exchange.getVariable("requestId", String.class);
    String key =
        said.messageId() != null
            ? "m:" + said.messageId()
            : correlation == null
                ? null
                : "c:" + correlation + ":" + exchange.getVariable("requestHash", String.class);
    BooleanSupplier gone =
        exchange.getProperty(AsyncHttpConstants.CLIENT_GONE, BooleanSupplier.class);
    Instant arrived = tools.clock().instant();
    return new Call(bot, said, face, key, arrived, gone == null ? () -> false : gone);
  }

  private CompletableFuture<ObjectNode> start(Call call) {
    GenesysTurn turn = new GenesysTurn(tools, call);
    Optional<CompletableFuture<Void>> over = queue.run(call.conversation(), turn::run);
    if (over.isEmpty()) {
      throw new GenesysProblem(
          429,
          "BTN-1154",
          "Too many calls of one session",
          "Earlier calls of this session still wait for the bot; try again when they are"
              + " answered.");
    }
    return turn.answer();
  }
}
