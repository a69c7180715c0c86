package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells agents what became of their messages: {@code Delivered} when the customer's canvas was
 * given one, {@code Failed} when the customer will never see it. Receipts are a courtesy: they are
 * sent in the background, once, and left out while the platform's limit of requests is needed for
 * messages.
 */
final class GenesysReceipts {
  private static final Logger LOG = LoggerFactory.getLogger(GenesysReceipts.class);
  private static final int REMEMBERED = 10_000;

  private final GenesysHubs hubs;
  private final GenesysWatches watches;
  private final GenesysCalls calls;
  private final InboundMessages messages;
  private final Executor workers;
  private final Clock clock;
  private final GenesysMetrics metrics;
  private final Map<String, Boolean> sent =
      Collections.synchronizedMap(
          new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
              return size() > REMEMBERED;
            }
          });

  GenesysReceipts(
      GenesysHubs hubs,
      GenesysWatches watches,
      GenesysCalls calls,
      InboundMessages messages,
      Executor workers,
      Clock clock,
      GenesysMetrics metrics) {
    this.hubs = hubs;
    this.watches = watches;
    this.calls = calls;
    this.messages = messages;
    this.workers = workers;
    this.clock = clock;
    this.metrics = metrics;
  }

  /** A canvas was given activities of a conversation's stream. Returns at once. */
  void shown(String conversation, List<ObjectNode> activities) {
    GenesysRecord entry = watches.ofConversation(conversation);
    if (entry == null) {
      return;
    }
    for (ObjectNode activity : activities) {
      JsonNode mark = activity.path("channelData").path("baton");
      String speaker = mark.path("speaker").asText("");
      String source = mark.path("source").asText("");
      boolean fromHub =
          activity.path("from").path("id").asText("").startsWith("agent-")
              || activity.path("from").path("id").asText("").equals("hub-" + entry.hub());
      if (fromHub && (speaker.equals("agent") || speaker.equals("system")) && !source.isEmpty()) {
        send(entry.hub(), entry.from(), source, "Delivered", null, null);
      }
    }
  }

  /** The customer will never see a message. Returns at once. */
  void failed(String hub, String from, String message, String code, String why) {
    LOG.warn("BTN-2408 Hub {}: a message was not shown in {}: {}", hub, from, why);
    if (message != null && from != null) {
      send(hub, from, message, "Failed", code, why);
    }
  }

  private void send(
      String hub, String from, String message, String status, String code, String why) {
    if (!hubs.get(hub).settings().receipts()
        || sent.putIfAbsent(hub + " " + message, true) != null) {
      return;
    }
    try {
      workers.execute(
          () -> {
            try {
              Map<String, Object> body =
                  messages.receipt(message, from, clock.instant(), status, code, why);
              String integration = hubs.get(hub).settings().integrationId();
              calls.call(
                  hub,
                  "POST",
                  "/api/v2/conversations/messages/" + integration + "/inbound/open/receipt",
                  body,
                  code == null ? null : from);
              metrics.receipt(hub, status);
            } catch (RuntimeException e) {
              LOG.debug("Hub {}: a receipt was not sent: {}", hub, e.toString());
            }
          });
    } catch (RejectedExecutionException e) {
      LOG.debug("Baton is being stopped");
    }
  }
}
