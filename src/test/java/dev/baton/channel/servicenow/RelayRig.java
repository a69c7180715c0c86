package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * ServiceNow's side of Bot Interconnect: posts to a simulated bot's Direct Line itself and reads
 * through the relay.
 */
public final class RelayRig implements AutoCloseable {
  public static final String BOT = "it";
  private static final ObjectMapper JSON = new ObjectMapper();

  public final CopilotSimulator bot;
  public final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  public final ServiceNowRelay relay;
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Changes the settings of the relay before it starts. */
  public interface Tuning {
    RelaySettings tune(RelaySettings settings);
  }

  public RelayRig(CopilotOptions options, Tuning tuning) {
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
            100,
            Set.of(),
            false,
            TurnRules.defaults());
    relay = new ServiceNowRelay(vertx, List.of(tuning.tune(settings)), meters);
    Router router = Router.router(vertx);
    relay.mount(router);
    server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(router)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  public RelayRig(Path folder, String script) {
    this(options(folder, script), settings -> settings);
  }

  public static RelaySettings turns(RelaySettings s, TurnRules rules) {
    return new RelaySettings(
        s.bot(),
        s.root(),
        s.secret(),
        s.accepted(),
        s.header(),
        s.passThrough(),
        s.defaultWait(),
        s.longestWait(),
        s.concurrent(),
        s.exclude(),
        s.polling(),
        rules);
  }

  /** A bot that answers its posts at once and runs this script. */
  public static CopilotOptions options(Path folder, String script) {
    try {
      Path file = Files.writeString(Files.createTempFile(folder, "bot", ".yaml"), script);
      return CopilotOptions.defaults().script(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One topic of a script. */
  public static String topic(String phrase, String... steps) {
    StringBuilder topic = new StringBuilder();
    topic.append("  - name: ").append(phrase).append("\n    phrases: [\"").append(phrase);
    topic.append("\"]\n    steps:\n");
    for (String step : steps) {
      topic.append("      - ").append(step).append('\n');
    }
    return topic.toString();
  }

  public Turns start() {
    JsonNode started = json(send(HttpRequest.newBuilder(direct("/conversations")), "{}"));
    return new Turns(started.path("conversationId").asText());
  }

  private URI direct(String path) {
    return URI.create(bot.url() + "/v3/directline" + path);
  }

  public URI address() {
    return URI.create(
        "http://127.0.0.1:" + server.actualPort() + "/channels/servicenow/" + BOT + "/activities");
  }

  private HttpResponse<String> send(HttpRequest.Builder request, String body) {
    if (body != null) {
      request
          .header("Authorization", "Bearer " + bot.secret())
          .header("Content-Type", "application/json")
          .POST(HttpRequest.BodyPublishers.ofString(body));
    }
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A call of the relay with exactly these headers. */
  HttpResponse<String> call(Map<String, String> headers) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address());
    headers.forEach(request::header);
    return send(request, null);
  }

  HttpClient http() {
    return http;
  }

  static JsonNode json(HttpResponse<String> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    relay.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    bot.close();
  }

  /** One conversation as ServiceNow has it: posts, then reads from its watermark. */
  public final class Turns {
    public final String conversation;
    private String watermark;

    Turns(String conversation) {
      this.conversation = conversation;
    }

    /** Posts a message and returns when Direct Line has answered. */
    public void post(String text) {
      String body =
          "{\"type\":\"message\",\"from\":{\"id\":\"sn-user\"},\"text\":\"" + text + "\"}";
      HttpResponse<String> posted =
          send(
              HttpRequest.newBuilder(direct("/conversations/" + conversation + "/activities")),
              body);
      if (posted.statusCode() / 100 != 2) {
        throw new IllegalStateException("Post: " + posted.statusCode() + " " + posted.body());
      }
    }

    /** Reads the turn through the relay and goes on from there with the next. */
    public JsonNode read() {
      return read(null);
    }

    public JsonNode read(Duration waitTime) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(address())
              .header("authorization", "Bearer " + bot.secret())
              .header("conversationid", conversation);
      if (watermark != null) {
        request.header("watermark", watermark);
      }
      if (waitTime != null) {
        request.header("waittime", String.valueOf(waitTime.toMillis()));
      }
      return take(send(request, null));
    }

    /** As the public relay function does it: waits, then reads once. */
    public JsonNode readAfter(Duration fixed) throws InterruptedException {
      Thread.sleep(fixed.toMillis());
      String query = watermark == null ? "" : "?watermark=" + watermark;
      return take(
          send(
              HttpRequest.newBuilder(
                      direct("/conversations/" + conversation + "/activities" + query))
                  .header("Authorization", "Bearer " + bot.secret()),
              null));
    }

    private JsonNode take(HttpResponse<String> response) {
      JsonNode set = json(response);
      if (response.statusCode() != 200) {
        throw new IllegalStateException("Read: " + response.statusCode() + " " + response.body());
      }
      watermark = set.path("watermark").asText();
      return set;
    }

    public List<String> ask(String text) {
      post(text);
      return said(read());
    }

    public String watermark() {
      return watermark;
    }
  }

  /** The texts of the bot's messages in a set. */
  public static List<String> said(JsonNode set) {
    List<String> said = new ArrayList<>();
    for (JsonNode activity : set.path("activities")) {
      if (activity.path("type").asText().equals("message")
          && activity.path("from").path("role").asText().equals("bot")) {
        said.add(activity.path("text").asText());
      }
    }
    return said;
  }
}
