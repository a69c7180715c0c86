package dev.baton.simulator.omnichannel;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.directline.server.DirectLineException;
import dev.baton.directline.server.DirectLineServer;
import dev.baton.directline.server.DirectLineServerConfig;
import dev.baton.directline.server.DirectLineTokens;
import dev.baton.directline.server.InMemoryBackend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Omnichannel behind Direct Line, as a custom channel brings it: the Azure Bot's endpoint is
 * Omnichannel itself. Representatives' words and the platform's own texts come from the bot handle.
 */
public final class CustomChannelSimulator implements AutoCloseable {
  private static final String SECRET = "secret-of-the-simulated-channel";
  private static final String HANDLE = "contoso-omnichannel";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Vertx vertx = Vertx.vertx();
  private final Map<String, List<ObjectNode>> received = new ConcurrentHashMap<>();
  private final List<String> conversations = new CopyOnWriteArrayList<>();
  private final List<String> tooLarge = new CopyOnWriteArrayList<>();
  private final InMemoryBackend backend;
  private final DirectLineServer service;
  private final HttpServer server;
  private volatile int failing;
  private volatile boolean open = true;
  private volatile CustomChannelTexts texts;

  private CustomChannelSimulator(int port) {
    this.backend = new InMemoryBackend(Map.of(SECRET, HANDLE), new Omnichannel());
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    Path uploads;
    try {
      uploads = Files.createTempDirectory("baton-channel-");
      uploads.toFile().deleteOnExit();
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator needs a temporary folder", e);
    }
    this.service =
        new DirectLineServer(
            vertx,
            backend,
            new DirectLineServerConfig(uploads),
            new DirectLineTokens(List.of(key), Clock.systemUTC()));
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            context -> {
              if (failing > 0) {
                context.response().setStatusCode(failing).putHeader("Retry-After", "1").end("{}");
              } else {
                context.next();
              }
            });
    service.mount(router);
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /**
   * Starts and returns when it listens.
   *
   * @param port on loopback, 0 for any free one
   */
  public static CustomChannelSimulator start(int port) {
    return new CustomChannelSimulator(port);
  }

  private final class Omnichannel implements InMemoryBackend.Bot {
    @Override
    public void started(
        String conversation, String bot, String userId, String userName, String locale) {
      conversations.add(conversation);
    }

    @Override
    public Future<Void> received(String conversation, ObjectNode activity) {
      if (ChannelRules.isTooLarge(activity)) {
        tooLarge.add(conversation);
      }
      String refusal = ChannelRules.refusal(activity);
      if (refusal != null) {
        return Future.failedFuture(
            new DirectLineException(400, "BadArgument", "BTN-4805", refusal));
      }
      List<ObjectNode> known =
          received.computeIfAbsent(conversation, id -> new CopyOnWriteArrayList<>());
      known.add(activity);
      CustomChannelTexts said = texts;
      if (said != null && known.size() == 1) {
        say(conversation, open ? said.queued() : said.closed());
      }
      return Future.succeededFuture();
    }
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** The keys of a Baton's hub, without the prefix, that fit this simulator. */
  public Map<String, String> settings() {
    return Map.of(
        "type",
        "omnichannel",
        "way",
        "direct-line",
        "url",
        url(),
        "direct-line-secret",
        SECRET,
        "bot-handle",
        HANDLE);
  }

  /** Properties of a Baton that has this simulator as a hub of that name. */
  public Map<String, String> settings(String hub) {
    Map<String, String> properties = new TreeMap<>();
    settings().forEach((key, value) -> properties.put("baton.hubs." + hub + "." + key, value));
    return properties;
  }

  /** Says this by itself from now on; null for nothing, as at the start. */
  public CustomChannelSimulator automated(CustomChannelTexts automatedTexts) {
    texts = automatedTexts;
    return this;
  }

  /** Whether it is within operating hours; tells only whoever has automated texts. */
  public void open(boolean isOpen) {
    open = isOpen;
  }

  /** Every call is answered with this status until it is 0 again. */
  public void failing(int status) {
    failing = status;
  }

  /** Ids of the conversations, oldest first. */
  public List<String> conversations() {
    return List.copyOf(conversations);
  }

  /** The conversation whose first message holds a text. */
  public Optional<String> conversationOf(String text) {
    return conversations.stream()
        .filter(
            id ->
                received(id).stream()
                    .limit(1)
                    .anyMatch(first -> first.path("text").asText().contains(text)))
        .findFirst();
  }

  /** What came from the customer's side, in order. */
  public List<ObjectNode> received(String conversation) {
    return List.copyOf(received.getOrDefault(conversation, List.of()));
  }

  /** Texts after the first message. */
  public List<String> texts(String conversation) {
    return received(conversation).stream()
        .filter(activity -> activity.path("type").asText().equals("message"))
        .skip(1)
        .map(activity -> activity.path("text").asText())
        .toList();
  }

  /** How often the customer's side ended a conversation. */
  public long ends(String conversation) {
    return received(conversation).stream()
        .filter(activity -> activity.path("type").asText().equals("endOfConversation"))
        .count();
  }

  /** Conversations that sent more than 28 KB at once, which was refused. */
  public List<String> tooLarge() {
    return List.copyOf(tooLarge);
  }

  /** A representative, or the platform itself, writes. */
  public void say(String conversation, String text) {
    say(conversation, HANDLE, text);
  }

  /** Somebody writes. */
  public void say(String conversation, String from, String text) {
    backend.say(conversation, activity("message", from).put("text", text));
  }

  /** A representative accepts: all that is seen of it is an automated text. */
  public void accept(String conversation, String name) {
    CustomChannelTexts said = texts == null ? CustomChannelTexts.english() : texts;
    say(conversation, said.joined().formatted(name));
  }

  /** A representative sends a file. */
  public void sends(String conversation, String contentType, String url, String name) {
    ObjectNode activity = activity("message", HANDLE);
    activity
        .putArray("attachments")
        .addObject()
        .put("contentType", contentType)
        .put("contentUrl", url)
        .put("name", name);
    backend.say(conversation, activity);
  }

  public void types(String conversation) {
    backend.signal(conversation, activity("typing", HANDLE));
  }

  /** The representative ends the conversation. */
  public void end(String conversation) {
    backend.say(conversation, activity("endOfConversation", HANDLE));
  }

  private static ObjectNode activity(String type, String from) {
    ObjectNode activity = JSON.createObjectNode().put("type", type);
    activity.putObject("from").put("id", from).put("name", from);
    return activity;
  }

  @Override
  public void close() {
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
