package dev.baton.channel.servicenow;

import dev.baton.channel.turn.TurnRules;
import dev.baton.configuration.RelaySettings;
import dev.baton.configuration.Secret;
import dev.baton.simulator.copilot.CopilotOptions;
import dev.baton.simulator.copilot.CopilotSimulator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** A simulated bot, the relay in front of it, and ServiceNow's side as the caller. */
public final class RelayRig implements AutoCloseable {
  static final String BOT = "it";

  public final CopilotSimulator bot;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final ServiceNowRelay relay;
  final InterconnectCaller caller;
  public final URI address;
  private final Vertx vertx = Vertx.vertx();

  /** A relay with the usual settings but for what is given. */
  public RelayRig(CopilotOptions options, int concurrent, TurnRules rules) {
    bot = CopilotSimulator.startAndWait(options);
    RelaySettings settings =
        new RelaySettings(
            BOT,
            bot.url() + "/v3/directline",
            new Secret(bot.secret()),
            List.of(new Secret("own-secret")),
            "x-relay-key",
            false,
            Duration.ofSeconds(20),
            Duration.ofSeconds(100),
            concurrent,
            Set.of(),
            false,
            rules);
    relay = new ServiceNowRelay(vertx, List.of(settings), meters);
    Router router = Router.router(vertx);
    relay.mount(router);
    HttpServer server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(router)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    address =
        URI.create(
            "http://127.0.0.1:%d/channels/servicenow/%s/activities"
                .formatted(server.actualPort(), BOT));
    caller = new InterconnectCaller(bot.url() + "/v3/directline", bot.secret(), address);
  }

  /** A bot that runs this script. */
  static CopilotOptions options(Path folder, String script) {
    try {
      Path file = Files.writeString(Files.createTempFile(folder, "bot", ".yaml"), script);
      return CopilotOptions.defaults().script(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One topic of a script. */
  static String topic(String phrase, String... steps) {
    StringBuilder topic = new StringBuilder();
    topic.append("  - name: ").append(phrase).append("\n    phrases: [\"").append(phrase);
    topic.append("\"]\n    steps:\n");
    for (String step : steps) {
      topic.append("      - ").append(step).append('\n');
    }
    return topic.toString();
  }

  double waiting() {
    return meters.get("baton.relay.waiting").gauge().value();
  }

  @Override
  public void close() {
    relay.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    bot.close();
  }
}
