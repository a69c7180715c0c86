package dev.baton.http;

import io.vertx.core.Context;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;
import org.apache.camel.Suspendable;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.support.DefaultConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A route's place on the traffic port's router. Request headers and path segments become headers of
 * the message, the body is its bytes. The answer is the message that the route leaves: status from
 * {@code CamelHttpResponseCode}, its other headers, its body. It can be suspended, so that a stop
 * first lets end what waits.
 */
final class AsyncHttpConsumer extends DefaultConsumer implements Suspendable {
  private static final Logger LOG = LoggerFactory.getLogger(AsyncHttpConsumer.class);
  private static final String CONFIGURATION = "trafficServerConfiguration";
  private static final Pattern SEGMENT = Pattern.compile("\\{([A-Za-z]\\w*)}");

  private final AsyncHttpEndpoint endpoint;
  private ExecutorService workers;
  private Route route;

  AsyncHttpConsumer(AsyncHttpEndpoint endpoint, Processor processor) {
    super(endpoint, processor);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    workers = endpoint.getComponent().workers();
    VertxPlatformHttpServerConfiguration server =
        getEndpoint()
            .getCamelContext()
            .getRegistry()
            .lookupByNameAndType(CONFIGURATION, VertxPlatformHttpServerConfiguration.class);
    if (server == null) {
      throw new IllegalStateException(
          "There is no traffic port; " + endpoint + " cannot be served");
    }
    VertxPlatformHttpRouter router =
        VertxPlatformHttpRouter.lookup(
            getEndpoint().getCamelContext(),
            VertxPlatformHttpRouter.getRouterNameFromPort(server.getBindPort()));
    route =
        router
            .route(
                HttpMethod.valueOf(endpoint.getMethod().toUpperCase(Locale.ROOT)),
                SEGMENT.matcher(endpoint.getPath()).replaceAll(":$1"))
            .handler(router.bodyHandler())
            .handler(this::take);
  }

  @Override
  protected void doStop() throws Exception {
    if (route != null) {
      route.remove();
      route = null;
    }
    super.doStop();
  }

  /** On the event loop: only reads what has arrived. */
  private void take(RoutingContext request) {
    if (isSuspended()) {
      request.response().setStatusCode(503).end();
      return;
    }
    Exchange exchange = createExchange(false);
    Message message = exchange.getMessage();
    request
        .request()
        .headers()
        .forEach(
            header -> {
              if (!header.getKey().regionMatches(true, 0, "Camel", 0, 5)) {
                message.setHeader(header.getKey(), header.getValue());
              }
            });
    request.pathParams().forEach(message::setHeader);
    message.setBody(
        request.body().buffer() == null ? new byte[0] : request.body().buffer().getBytes());
    BooleanSupplier gone = () -> request.response().closed();
    exchange.setProperty(AsyncHttpConstants.CLIENT_GONE, gone);
    try {
      Context loop = request.vertx().getOrCreateContext();
      workers.execute(() -> process(exchange, request, loop));
    } catch (RejectedExecutionException stopping) {
      releaseExchange(exchange, false);
      request.response().setStatusCode(503).putHeader("Retry-After", "1").end();
    }
  }

  private void process(Exchange exchange, RoutingContext request, Context loop) {
    try {
      createUoW(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      done(exchange, request, loop);
      return;
    }
    getAsyncProcessor().process(exchange, doneSync -> done(exchange, request, loop));
  }

  private void done(Exchange exchange, RoutingContext request, Context loop) {
    Throwable failure = exchange.getException();
    Integer status = null;
    Map<String, Object> headers = Map.of();
    byte[] body = new byte[0];
    try {
      Message message = exchange.getMessage();
      status = message.getHeader(Exchange.HTTP_RESPONSE_CODE, Integer.class);
      headers = Map.copyOf(withoutNulls(message.getHeaders()));
      byte[] converted = message.getBody(byte[].class);
      body = converted == null ? body : converted;
    } catch (RuntimeException e) {
      failure = e;
    }
    doneUoW(exchange);
    releaseExchange(exchange, false);
    if (failure != null) {
      LOG.error("{} failed", endpoint.getPath(), failure);
      answer(loop, request, 500, Map.of("Content-Type", "application/problem+json"), fault());
    } else {
      answer(loop, request, status == null ? 200 : status, headers, body);
    }
  }

  private static Map<String, Object> withoutNulls(Map<String, Object> headers) {
    headers.values().removeIf(value -> value == null);
    return headers;
  }

  private static byte[] fault() {
    return ("{\"type\":\"about:blank\",\"title\":\"Internal Server Error\",\"status\":500,"
            + "\"code\":\"BTN-1199\",\"detail\":\"A fault in Baton; its log tells more.\"}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static void answer(
      Context loop, RoutingContext request, int status, Map<String, Object> headers, byte[] body) {
    loop.runOnContext(
        v -> {
          HttpServerResponse response = request.response();
          if (response.ended() || response.closed()) {
            return;
          }
          response.setStatusCode(status);
          headers.forEach(
              (name, value) -> {
                if (!name.startsWith("Camel")) {
                  response.putHeader(name, value.toString());
                }
              });
          response
              .end(Buffer.buffer(body))
              .onFailure(e -> LOG.debug("An answer was not taken: {}", e.toString()));
        });
  }
}
