package dev.baton.simulator.servicenow;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Generated answers, piece by piece and then as a whole. */
final class Streams {
  private final Vertx vertx;
  private final Conversations conversations;
  private final Outbox outbox;
  private final Faults faults;
  private final String instance;

  Streams(Vertx vertx, Conversations conversations, Outbox outbox, Faults faults, String instance) {
    this.vertx = vertx;
    this.conversations = conversations;
    this.outbox = outbox;
    this.faults = faults;
    this.instance = instance;
  }

  /**
   * Begins to answer.
   *
   * @param pause between the pieces
   */
  void answer(VaChat chat, Duration pause, List<String> pieces) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      order.add(i);
    }
    if (pieces.size() > 2 && faults.strikes(FaultKind.STREAM_DISORDER, chat.userId)) {
      Collections.swap(order, pieces.size() - 2, pieces.size() - 1);
    }
    next(chat, Tables.newId(), pause, order, 0, pieces);
  }

  private void next(
      VaChat chat,
      String stream,
      Duration pause,
      List<Integer> order,
      int at,
      List<String> pieces) {
    synchronized (conversations) {
      if (!chat.open()) {
        return;
      }
      if (at == order.size()) {
        JsonObject whole =
            Items.text(String.join(" ", pieces))
                .put("streamId", stream)
                .put("citations", new JsonArray().add(citation()));
        outbox.flagged(chat, flags(false, "END"), whole);
        conversations.changed();
        return;
      }
      int piece = order.get(at);
      outbox.flagged(
          chat,
          flags(true, at == 0 ? "START" : "INPROGRESS"),
          new JsonObject()
              .put("streamId", stream)
              .put("uiType", at == 0 ? "StreamStart" : "StreamChunk")
              .put("streamSequence", piece + 1)
              .put("value", pieces.get(piece)));
    }
    vertx.setTimer(
        Math.max(1, pause.toMillis()), timer -> next(chat, stream, pause, order, at + 1, pieces));
  }

  private static JsonObject flags(boolean active, String state) {
    return new JsonObject().put("streamActive", active).put("streamState", state);
  }

  private JsonObject citation() {
    return new JsonObject()
        .put("index", 0)
        .put("citationLabel", "Unwanted mail")
        .put("citationHref", instance + "/sp?id=kb_article&sys_id=" + Tables.newId())
        .put("citationRef", "[1]")
        .put("category", "kb")
        .put("source", "internal")
        .put("table", "kb_knowledge");
  }
}
