package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.turn.TurnRules;
import dev.baton.configuration.RelaySettings;
import dev.baton.configuration.Secret;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A service that knows nothing of Direct Line but reading activities, with a relay before it: no
 * stream, no roles, no hints.
 */
final class PlainDirectLine implements AutoCloseable {
  private static final String SECRET = "plain-secret";

  private final Vertx vertx = Vertx.vertx();
  private final List<ObjectNode> activities = new CopyOnWriteArrayList<>();
  private final AtomicInteger reads = new AtomicInteger();
  private final HttpServer server;
  private final ServiceNowRelay relay;

  PlainDirectLine() {
    Router router = Router.router(vertx);
    router
        .get("/v3/directline/conversations/:id/activities")
        .handler(
            context -> {
              String watermark = context.request().getParam("watermark", "0");
              context.response().end(read(Integer.parseInt(watermark)).toString());
            });
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    relay = new ServiceNowRelay(vertx, List.of(settings()), new SimpleMeterRegistry());
    relay.mount(router);
  }

  private RelaySettings settings() {
    return new RelaySettings(
        "plain",
        root(),
        new Secret(SECRET),
        List.of(),
        "authorization",
        false,
        Duration.ofSeconds(20),
        Duration.ofSeconds(100),
        10,
        Set.of(),
        false,
        TurnRules.defaults());
  }

  private String root() {
    return "http://127.0.0.1:" + server.actualPort() + "/v3/directline";
  }

  private ObjectNode read(int from) {
    reads.incrementAndGet();
    ObjectNode set = RelayJson.newObject();
    List<ObjectNode> all = List.copyOf(activities);
    ArrayNode newer = set.putArray("activities");
    all.subList(Math.min(from, all.size()), all.size()).forEach(newer::add);
    return set.put("watermark", String.valueOf(all.size()));
  }

  InterconnectCaller caller() {
    URI address =
        URI.create(
            "http://127.0.0.1:" + server.actualPort() + "/channels/servicenow/plain/activities");
    return new InterconnectCaller(root(), SECRET, address);
  }

  int reads() {
    return reads.get();
  }

  void post(String conversation, String text) {
    add(conversation, "customer", text);
  }

  /** The bot says all of this at once. @return when */
  Instant say(String conversation, String... texts) {
    for (String text : texts) {
      add(conversation, "bot", text);
    }
    return Instant.now();
  }

  private void add(String conversation, String from, String text) {
    ObjectNode activity = RelayJson.newObject().put("type", "message").put("text", text);
    activity.put("id", conversation + "|" + activities.size());
    activity.put("timestamp", Instant.now().toString());
    activity.putObject("from").put("id", from);
    activities.add(activity);
  }

  @Override
  public void close() {
    relay.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
