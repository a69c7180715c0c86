package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells repeats from news among the items of one callback: by {@code messageId}, and by what an
 * item without one says, within a short window (an agent may well write "ok" twice).
 */
final class Items {
  private static final Logger LOG = LoggerFactory.getLogger(Items.class);

  private final Session session;
  private final Instant now;
  private final Duration window;
  private final Map<String, Integer> inThisCallback = new HashMap<>();

  Items(Session session, Instant now, Duration window) {
    this.session = session;
    this.now = now;
    this.window = window;
  }

  /** A message of a hub event and the event's id. */
  record Message(String eventId, Map<String, Object> message) {}

  /** Empty when nothing is shown, or it was shown before. */
  Optional<Message> message(Map<String, Object> item, Rendered rendered) {
    if (rendered.isEmpty()) {
      return Optional.empty();
    }
    String messageId = Fields.of(item).text("messageId");
    // Several items of one callback may share an id, or say the same: each of them counts.
    String key = messageId == null ? hash(item) : messageId;
    int place = inThisCallback.merge(key, 1, Integer::sum);
    String numbered = place == 1 ? key : key + "#" + place;
    boolean repeat =
        messageId == null ? session.repeats(numbered, now, window) : session.saw(numbered);
    if (repeat) {
      LOG.warn(
          "BTN-2322 Hub {}: a message of {} came twice and is shown once", session.hub, session.id);
      return Optional.empty();
    }
    String eventId = messageId == null ? session.eventId("i") : session.id + ":m:" + numbered;
    return Optional.of(new Message(eventId, rendered.message(messageId)));
  }

  static Fields agentInfo(Map<String, Object> item) {
    return Fields.of(Fields.of(item).raw("agentInfo"));
  }

  /** Whether an agent wrote it. */
  static boolean byAgent(Map<String, Object> item) {
    return !"actionmsg".equals(Callback.uiType(item))
        && agentInfo(item).flag("sentFromAgent", false);
  }

  private static String hash(Map<String, Object> item) {
    try {
      byte[] bytes = new TreeMap<>(item).toString().getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
      return HexFormat.of().formatHex(digest, 0, 12);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
