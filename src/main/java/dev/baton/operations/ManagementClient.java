package dev.baton.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.Secret;
import dev.baton.configuration.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Administration of a Baton that runs, through its {@link ManagementApi}. */
public final class ManagementClient implements Administration {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final Duration ANSWER = Duration.ofSeconds(60);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI base;
  private final Secret token;

  private ManagementClient(URI base, Secret token) {
    this.base = base;
    this.token = token;
  }

  /**
   * The running process that these settings describe; empty when nothing answers there, or when it
   * is one with another store.
   */
  public static Optional<ManagementClient> connect(Settings settings) {
    String host = settings.server().managementHost();
    String reachable = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
    String literal = reachable.contains(":") ? "[" + reachable + "]" : reachable;
    URI base = URI.create("http://" + literal + ":" + settings.server().managementPort());
    ManagementClient client = new ManagementClient(base, settings.server().managementToken());
    try {
      HttpResponse<String> answer = client.exchange("GET", "/baton");
      if (answer.statusCode() == 404) {
        return Optional.empty();
      }
      JsonNode identity = client.body(answer);
      boolean same = identity.path("store").asText().equals(StoreName.of(settings.store()));
      return same ? Optional.of(client) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  @Override
  public List<JsonNode> conversations(String state, int limit) {
    return list("/baton/conversations?limit=" + limit + parameter("state", state));
  }

  @Override
  public Optional<JsonNode> conversation(String id) {
    return one("GET", "/baton/conversations/" + encode(id));
  }

  @Override
  public boolean end(String conversation, String reason) {
    String path = "/baton/conversations/" + encode(conversation) + "/end?reason=" + encode(reason);
    return one("POST", path).isPresent();
  }

  @Override
  public List<JsonNode> deadLetters(String conversation, int limit) {
    return list("/baton/dead-letters?limit=" + limit + parameter("conversation", conversation));
  }

  @Override
  public Optional<JsonNode> deadLetter(String conversation, long seq) {
    return one("GET", "/baton/dead-letters/" + encode(conversation) + "/" + seq);
  }

  @Override
  public boolean replay(String conversation, long seq) {
    String path = "/baton/dead-letters/" + encode(conversation) + "/" + seq + "/replay";
    return one("POST", path).isPresent();
  }

  @Override
  public boolean drop(String conversation, long seq) {
    return one("DELETE", "/baton/dead-letters/" + encode(conversation) + "/" + seq).isPresent();
  }

  @Override
  public List<String> export(String user) {
    List<String> lines = new ArrayList<>();
    one("GET", "/baton/users/" + encode(user))
        .ifPresent(array -> array.forEach(line -> lines.add(line.asText())));
    return lines;
  }

  @Override
  public int erase(String user) {
    return one("DELETE", "/baton/users/" + encode(user))
        .map(answer -> answer.path("erased").asInt())
        .orElse(0);
  }

  /**
   * Callbacks of a hub that belonged to no conversation, oldest first.
   *
   * @param type of the hub
   */
  public List<JsonNode> unclaimed(String type, String hub) {
    return list("/baton/unclaimed/" + encode(type) + "/" + encode(hub));
  }

  @Override
  public Optional<JsonNode> channelNote(String channel, String bot) {
    return one("GET", notePath(channel, bot));
  }

  @Override
  public void putChannelNote(String channel, String bot, JsonNode note) {
    try {
      body(exchange("PUT", notePath(channel, bot), note));
    } catch (IOException e) {
      throw new UncheckedIOException("The running Baton at " + base + " does not answer", e);
    }
  }

  private static String notePath(String channel, String bot) {
    return "/baton/channels/" + encode(channel) + "/" + encode(bot) + "/note";
  }

  @Override
  public void drain() {
    one("POST", "/baton/drain");
  }

  @Override
  public void close() {
    // the HTTP client of Java 17 needs no closing
  }

  private List<JsonNode> list(String path) {
    List<JsonNode> nodes = new ArrayList<>();
    one("GET", path).ifPresent(array -> array.forEach(nodes::add));
    return nodes;
  }

  private Optional<JsonNode> one(String method, String path) {
    try {
      HttpResponse<String> answer = exchange(method, path);
      return answer.statusCode() == 404 ? Optional.empty() : Optional.of(body(answer));
    } catch (IOException e) {
      throw new UncheckedIOException("The running Baton at " + base + " does not answer", e);
    }
  }

  private JsonNode body(HttpResponse<String> answer) throws JsonProcessingException {
    if (answer.statusCode() / 100 != 2) {
      JsonNode problem = JSON.readTree(answer.body());
      throw new AdministrationException(
          problem.path("code").asText("BTN-4024"),
          "The running Baton at "
              + base
              + " answers "
              + answer.statusCode()
              + ": "
              + problem.path("detail").asText("no reason given"));
    }
    return JSON.readTree(answer.body());
  }

  private HttpResponse<String> exchange(String method, String path) throws IOException {
    return exchange(method, path, null);
  }

  private HttpResponse<String> exchange(String method, String path, JsonNode body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(base.resolve(path))
            .timeout(ANSWER)
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofString(body.toString()));
    if (token != null) {
      request.header("Authorization", "Bearer " + token.reveal());
    }
    try {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static String parameter(String name, String value) {
    return value == null ? "" : "&" + name + "=" + encode(value);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
