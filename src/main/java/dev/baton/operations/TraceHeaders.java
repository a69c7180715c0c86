package dev.baton.operations;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.slf4j.MDC;

/**
 * Adds {@code traceparent} to calls of camel-http on behalf of a conversation. The call runs on the
 * route's thread, whose log context names the conversation.
 */
public final class TraceHeaders implements HttpClientConfigurer {
  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder.addRequestInterceptorLast(
        (request, entity, context) ->
            Traces.shared()
                .header(MDC.get(ConversationLog.CONVERSATION))
                .ifPresent(header -> request.setHeader(Trace.HEADER, header)));
  }
}
