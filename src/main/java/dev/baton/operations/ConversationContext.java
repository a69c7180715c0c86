package dev.baton.operations;

import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;

/**
 * Runs every step of every route with the id of the exchange's conversation (variable {@code
 * conversation}) in the log context, and notes the request's {@code traceparent} for what the
 * conversation causes later. Bind it in the registry before the routes are added.
 */
public final class ConversationContext implements InterceptStrategy {
  /** Steps that neither log nor call anybody: most steps of a route, and not worth the cost. */
  private static final Set<String> QUIET =
      Set.of("setVariable", "setHeader", "choice", "when", "otherwise", "filter");

  private static final String TRACEPARENT = "batonTraceparent";

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, Processor nextTarget) {
    if (QUIET.contains(definition.getShortName())) {
      return target;
    }
    return new DelegateAsyncProcessor(target) {
      @Override
      public boolean process(Exchange exchange, AsyncCallback callback) {
        try (ConversationLog.Scope scope = ConversationLog.with(conversation(exchange))) {
          return super.process(exchange, callback);
        }
      }
    };
  }

  private static String conversation(Exchange exchange) {
    String header = exchange.getMessage().getHeader(Trace.HEADER, String.class);
    if (header != null) {
      exchange.setProperty(TRACEPARENT, header); // routes remove all headers soon
    }
    String conversation = exchange.getVariable(ConversationLog.CONVERSATION, String.class);
    if (conversation != null) {
      Object noted = exchange.removeProperty(TRACEPARENT);
      Traces.shared().note(conversation, (String) noted);
    }
    return conversation;
  }
}
