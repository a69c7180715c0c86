package dev.baton.channel.directline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.Secret;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Event;
import dev.baton.conversation.Owner;
import dev.baton.directline.server.DirectLineBackend;
import dev.baton.directline.server.DirectLineException;
import dev.baton.journal.Appended;
import dev.baton.journal.Journal;
import dev.baton.journal.JournalException;
import dev.baton.journal.StoredEntry;
import dev.baton.journal.UnknownConversationException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Canvases' conversations, kept in the journal. */
public final class JournalBackend implements DirectLineBackend {
  private static final Logger LOG = LoggerFactory.getLogger(JournalBackend.class);
  private static final int MAX_SHOWING = 8;
  private static final int MAX_ID = 200;

  private final Vertx vertx;
  private final Journal journal;
  private final CustomerStreams streams;
  private final Map<String, BotSettings> bots;
  private final Consumer<Conversation> typing;

  /** Conversations whose typing is being shown right now. */
  private final Set<String> showing = ConcurrentHashMap.newKeySet();

  /**
   * @param typing told when a customer types while a human has the conversation; may block
   */
  public JournalBackend(
      Vertx vertx,
      Journal journal,
      CustomerStreams streams,
      Map<String, BotSettings> bots,
      Consumer<Conversation> typing) {
    this.vertx = vertx;
    this.journal = journal;
    this.streams = streams;
    this.bots = bots;
    this.typing = typing;
  }

  @Override
  public Optional<String> botOfSecret(String secret) {
    byte[] given = secret.getBytes(StandardCharsets.UTF_8);
    String found = null;
    for (BotSettings bot : bots.values()) {
      for (Secret known : bot.canvasSecrets()) {
        // Every secret is compared, so that the time tells nothing.
        if (MessageDigest.isEqual(given, known.reveal().getBytes(StandardCharsets.UTF_8))) {
          found = bot.name();
        }
      }
    }
    return Optional.ofNullable(found);
  }

  @Override
  public Future<Boolean> start(
      String conversation, String bot, String userId, String userName, String locale) {
    Event started =
        new Event.CustomerStarted(bot, "directline", new Customer(userId, userName), locale, null);
    return append(conversation, "start", started).map(appended -> !appended.duplicate());
  }

  @Override
  public Future<Boolean> exists(String conversation, String bot) {
    return vertx.executeBlocking(
        () -> journal.find(conversation).filter(c -> c.bot().equals(bot)).isPresent(), false);
  }

  @Override
  public Future<String> post(String conversation, ObjectNode activity) {
    String type = activity.path("type").asText();
    if (type.equals("typing")) {
      showTyping(conversation);
      return Future.succeededFuture();
    }
    String clientId = activity.path("channelData").path("clientActivityID").asText(null);
    String sourceId = clientId == null || clientId.isBlank() ? null : sourceId(clientId);
    Event event =
        type.equals("endOfConversation")
            ? new Event.CustomerLeft(activity)
            : new Event.CustomerSaid(activity);
    return append(conversation, sourceId, event).map(Appended::result);
  }

  /** A page chooses its ids, and an index of PostgreSQL takes no long ones. */
  static String sourceId(String clientId) {
    if (clientId.length() <= MAX_ID) {
      return "customer:" + clientId;
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(clientId.getBytes(StandardCharsets.UTF_8));
      return "customer-long:" + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /**
   * Typing is shown now or never. A hub that hangs must not take the workers that customers' reads
   * need, so only few calls are under way, one of a conversation, and nobody waits for them.
   */
  private void showTyping(String conversation) {
    if (showing.size() >= MAX_SHOWING || !showing.add(conversation)) {
      return;
    }
    vertx
        .executeBlocking(
            () -> {
              journal
                  .find(conversation)
                  .filter(c -> c.owner() == Owner.PENDING || c.owner() == Owner.AGENT)
                  .ifPresent(typing);
              return null;
            },
            false)
        .onComplete(done -> showing.remove(conversation))
        .onFailure(e -> LOG.debug("Typing in {} was not shown: {}", conversation, e.toString()));
  }

  @Override
  public Future<List<ObjectNode>> read(String conversation, long after, int limit) {
    return vertx.executeBlocking(
        () -> {
          List<ObjectNode> activities =
              journal.customerStream(conversation, after, limit).stream()
                  .map(StoredEntry::body)
                  .toList();
          streams.shown(conversation, activities);
          return activities;
        },
        false);
  }

  @Override
  public AutoCloseable listen(String conversation, Listener listener) {
    return streams.listen(conversation, listener);
  }

  private Future<Appended> append(String conversation, String sourceId, Event event) {
    return Future.fromCompletionStage(
            journal.append(conversation, sourceId, event), vertx.getOrCreateContext())
        .recover(failure -> Future.failedFuture(refused(failure)));
  }

  private static Throwable refused(Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof UnknownConversationException) {
      return new DirectLineException(
          404, "BadArgument", "BTN-1021", "Unknown conversation. Start a new one.");
    }
    return cause instanceof JournalException e && e.isTemporary()
        ? new DirectLineException(
            503, "ServiceError", e.code(), "It cannot be stored now. Send it again.")
        : cause;
  }
}
