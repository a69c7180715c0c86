package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.channel.servicenow.DirectLineReads.Reply;
import dev.baton.configuration.RelaySettings;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The stream of a conversation during one call. It rings for activities that have not been read,
 * and for typing, which cannot be read. When it cannot be opened, or is lost (another client may
 * have it), reading at intervals takes its place.
 */
final class Bell {
  private static final Logger LOG = LoggerFactory.getLogger(Bell.class);

  /** A shorter wait is over before a stream is open. */
  private static final Duration WORTH_IT = Duration.ofMillis(60);

  private final DirectLineReads reads;
  private final BotTurns turns;
  private final RelaySettings settings;
  private final RelayRequest request;
  private final Consumer<Boolean> rings;
  private final Set<String> unread = new HashSet<>();
  private final Set<String> old = new HashSet<>();
  private Set<String> asked = Set.of();
  private boolean askedWhileOpen;
  private HttpClientRequest asking;
  private WebSocket socket;
  private boolean tried;
  private boolean claimed;
  private boolean closed;
  private boolean readSinceOpen;
  private boolean noneHere;

  /** What can be expected of it. */
  enum State {
    OPEN,
    /** Not tried, refused, lost, or in use by another call. */
    SILENT,
    /** The service has no streams. */
    NONE_HERE
  }

  /**
   * @param rings called with true for typing, with false for something to read
   */
  Bell(
      DirectLineReads reads,
      BotTurns turns,
      RelaySettings settings,
      RelayRequest request,
      Consumer<Boolean> rings) {
    this.reads = reads;
    this.turns = turns;
    this.settings = settings;
    this.request = request;
    this.rings = rings;
    this.tried = settings.polling();
  }

  boolean isTried() {
    return tried;
  }

  State state() {
    if (socket != null) {
      return State.OPEN;
    }
    return noneHere ? State.NONE_HERE : State.SILENT;
  }

  /** Whether everything that exists has been read. */
  boolean vouches() {
    return socket != null && readSinceOpen && unread.isEmpty();
  }

  /** Opens the stream, if the wait is long enough and no other call of the conversation has it. */
  void hang(String watermark, Duration wait) {
    if (wait.compareTo(WORTH_IT) < 0) {
      return;
    }
    tried = true;
    claimed = turns.claimStream(request.conversation());
    if (!claimed) {
      return;
    }
    reads
        .reconnect(
            settings.root(),
            request.conversation(),
            watermark,
            request.credential(),
            sent -> asking = sent)
        .onComplete(
            result -> {
              asking = null;
              if (!closed && result.succeeded()) {
                open(result.result());
              } else if (!closed) {
                LOG.debug("No stream for {}", request, result.cause());
              }
            });
  }

  private void open(Reply reply) {
    String url =
        RelayJson.object(reply.body())
            .map(json -> json.path("streamUrl").asText(""))
            .filter(text -> reply.status() == 200 && !text.isEmpty())
            .orElse(null);
    if (url == null) {
      LOG.debug("No stream for {}: HTTP {}", request, reply.status());
      isNoneHere(reply.status());
      return;
    }
    // The failure's text may quote the URL, which is a credential.
    reads
        .open(url)
        .onSuccess(this::opened)
        .onFailure(
            e -> {
              LOG.debug("No stream for {}: {}", request, e.getClass().getSimpleName());
              if (e instanceof UpgradeRejectedException rejected) {
                isNoneHere(rejected.getStatus());
              }
            });
  }

  /** The conversation is known, so that "not found" can only mean the operation. */
  private void isNoneHere(int status) {
    noneHere = Set.of(200, 404, 405, 426, 501).contains(status);
    if (noneHere && !closed) {
      rings.accept(false); // reads from now on come faster
    }
  }

  private void opened(WebSocket opened) {
    if (closed) {
      opened.close();
      return;
    }
    socket = opened;
    opened.textMessageHandler(this::heard);
    opened.exceptionHandler(e -> LOG.debug("Stream of {} failed", request, e));
    opened.closeHandler(v -> lost());
    rings.accept(false); // what came between the last read and now
  }

  private void heard(String frame) {
    if (closed || frame.isEmpty()) {
      return;
    }
    boolean toRead = false;
    boolean typing = false;
    JsonNode set = RelayJson.object(frame.getBytes(StandardCharsets.UTF_8)).orElse(null);
    if (set == null) {
      return;
    }
    for (JsonNode activity : set.path("activities")) {
      if (activity.path("type").asText().equals("typing")) {
        typing |= !activity.path("from").path("role").asText().equalsIgnoreCase("user");
      } else {
        String id = activity.path("id").asText();
        toRead |= !old.contains(id) && unread.add(id);
      }
    }
    if (toRead) {
      rings.accept(false);
    }
    if (typing && !closed) {
      rings.accept(true);
    }
  }

  private void lost() {
    socket = null;
    if (!closed) {
      LOG.debug("The stream of {} was closed; reading at intervals", request);
      rings.accept(false); // reading at intervals goes on from there
    }
  }

  /** A read begins: it will bring whatever has rung until now, unless that is older. */
  void readBegins() {
    asked = Set.copyOf(unread);
    askedWhileOpen = socket != null;
  }

  /** A read has ended well. */
  void readEnds(ActivitySet set) {
    readSinceOpen |= askedWhileOpen;
    asked.forEach(unread::remove);
    old.addAll(asked);
    unread.removeIf(set::holds);
  }

  void close() {
    closed = true;
    if (claimed) {
      turns.releaseStream(request.conversation());
    }
    if (asking != null) {
      asking.reset();
    }
    if (socket != null) {
      socket.close();
    }
  }
}
