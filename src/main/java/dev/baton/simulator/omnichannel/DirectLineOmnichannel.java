package dev.baton.simulator.omnichannel;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.directline.server.DirectLineException;
import dev.baton.directline.server.DirectLineServer;
import dev.baton.directline.server.DirectLineServerConfig;
import dev.baton.directline.server.DirectLineTokens;
import dev.baton.directline.server.InMemoryBackend;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Stands in for an Omnichannel that is reached as "bring your own channel": a Direct Line service
 * whose bot <em>is</em> Omnichannel. Whatever happens is told as plain texts of the bot handle, in
 * the words of {@link DirectLineTexts}; only an end may have an activity of its own.
 */
public final class DirectLineOmnichannel implements AutoCloseable {
  private static final int LARGEST_FRAME = 1 << 20;

  private final Vertx vertx = Vertx.vertx();
  private final String secret;
  private final String botHandle;
  private final DirectLineTexts texts;
  private final Path uploads;
  private final InMemoryBackend backend;
  private final DirectLineServer service;
  private final HttpServer server;
  private final List<DirectLineChat> chats = new CopyOnWriteArrayList<>();
  private volatile boolean open = true;

  private DirectLineOmnichannel(int port, String secret, String botHandle, DirectLineTexts texts) {
    this.secret = secret;
    this.botHandle = botHandle;
    this.texts = texts;
    try {
      this.uploads = Files.createTempDirectory("baton-omnichannel-");
    } catch (IOException e) {
      throw new UncheckedIOException("The simulator needs a temporary folder for uploads", e);
    }
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.backend = new InMemoryBackend(Map.of(secret, botHandle), new Platform());
    this.service =
        new DirectLineServer(
            vertx,
            backend,
            new DirectLineServerConfig(uploads),
            new DirectLineTokens(List.of(key), Clock.systemUTC()));
    Router router = Router.router(vertx);
    service.mount(router);
    this.server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost("127.0.0.1")
                    .setPort(port)
                    .setMaxWebSocketFrameSize(LARGEST_FRAME))
            .requestHandler(router)
            .listen()
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /**
   * @param port on loopback, 0 for any free one
   * @param secret of the Direct Line channel
   * @param botHandle the sender of whatever Omnichannel says
   */
  public static DirectLineOmnichannel start(
      int port, String secret, String botHandle, DirectLineTexts texts) {
    return new DirectLineOmnichannel(port, secret, botHandle, texts);
  }

  /** On a free port with a usual name and English texts. */
  public static DirectLineOmnichannel start() {
    return start(
        0, "secret-of-the-simulated-channel", "contoso-service", DirectLineTexts.english());
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  public String secret() {
    return secret;
  }

  public String botHandle() {
    return botHandle;
  }

  public DirectLineTexts texts() {
    return texts;
  }

  /** Whether it is within operating hours. */
  public void open(boolean isOpen) {
    open = isOpen;
  }

  public List<DirectLineChat> chats() {
    return List.copyOf(chats);
  }

  /** The chat of a customer, by the id that their messages come from. */
  public Optional<DirectLineChat> chatOf(String customerId) {
    return chats.stream().filter(chat -> customerId.equals(chat.customerId())).findFirst();
  }

  /** A representative accepts: the customer's side sees an automated text. */
  public void accept(DirectLineChat chat, String name) {
    automated(chat, texts.joined().formatted(name));
  }

  /** A message of the representative; who it is, is nowhere said. */
  public void say(DirectLineChat chat, String text) {
    automated(chat, text);
  }

  /** A text of the platform, such as the link to a survey; it may come after the end. */
  public void automated(DirectLineChat chat, String text) {
    backend.say(chat.id(), message(chat, botHandle, text));
  }

  /** A message that does not come from the bot handle, and so is none of Omnichannel's. */
  public void sayAs(DirectLineChat chat, String from, String text) {
    backend.say(chat.id(), message(chat, from, text));
  }

  public void sendFile(DirectLineChat chat, String contentType, String url, String name) {
    ObjectNode message = message(chat, botHandle, null);
    message
        .putArray("attachments")
        .addObject()
        .put("contentType", contentType)
        .put("contentUrl", url)
        .put("name", name);
    backend.say(chat.id(), message);
  }

  public void typing(DirectLineChat chat) {
    backend.signal(chat.id(), activity(chat, "typing", botHandle));
  }

  /** Ends: an automated text, then {@code endOfConversation}. */
  public void end(DirectLineChat chat) {
    automated(chat, texts.ended());
    backend.say(chat.id(), activity(chat, "endOfConversation", botHandle));
  }

  private ObjectNode message(DirectLineChat chat, String from, String text) {
    ObjectNode message = activity(chat, "message", from).put("textFormat", "markdown");
    return text == null ? message : message.put("text", text);
  }

  private static ObjectNode activity(DirectLineChat chat, String type, String from) {
    ObjectNode activity = JsonNodeFactory.instance.objectNode();
    activity.put("type", type).put("channelId", "directline");
    activity.put("timestamp", Instant.now().toString());
    activity.putObject("from").put("id", from).put("role", "bot");
    activity.putObject("conversation").put("id", chat.id());
    return activity;
  }

  @Override
  public void close() {
    service.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
    try {
      Files.deleteIfExists(uploads);
    } catch (IOException e) {
      uploads.toFile().deleteOnExit(); // holds an upload, which the system clears away
    }
  }

  /** What the platform does by itself. */
  private final class Platform implements InMemoryBackend.Bot {
    @Override
    public void started(
        String conversation, String bot, String userId, String userName, String locale) {
      chats.add(new DirectLineChat(conversation));
    }

    @Override
    public Future<Void> received(String conversation, ObjectNode activity) {
      DirectLineChat chat =
          chats.stream().filter(c -> c.id().equals(conversation)).findFirst().orElseThrow();
      String refusal = DirectLineChat.refusal(activity);
      if (refusal != null) {
        chat.refuse(refusal);
        return Future.failedFuture(
            new DirectLineException(400, "BadArgument", "BTN-4805", refusal));
      }
      boolean first = chat.receive(activity);
      if (first) {
        automated(chat, open ? texts.queued() : texts.closed());
      }
      return Future.succeededFuture();
    }
  }
}
