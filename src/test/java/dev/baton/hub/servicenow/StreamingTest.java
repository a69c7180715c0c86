package dev.baton.hub.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.servicenow.Session.Phase;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers that come in parts. */
class StreamingTest {
  private final Session session = session();
  private final CallbackRules rules =
      new CallbackRules(
          new Controls(new Links("https://now.example", url -> true)),
          Rules.of(new ServiceNowConfig("it", TestProperties.of(Map.of()))));

  static Session session() {
    Session session = new Session();
    session.id = "c-1-it";
    session.hub = "it";
    session.handoffId = "c:1";
    session.generation = 1;
    session.phase = Phase.CONNECTED;
    session.accepts = 1;
    return session;
  }

  @Test
  void onlyTheWholeAnswerIsShown() {
    assertThat(take("START", chunk("StreamStart", 1, "Looking"))).containsExactly("typing");
    assertThat(take("INPROGRESS", chunk("StreamChunk", 2, "Spam "))).containsExactly("typing");
    assertThat(
            take(
                "END",
                Map.of(
                    "uiType",
                    "OutputText",
                    "streamId",
                    "s",
                    "messageId",
                    "m1",
                    "value",
                    "Spam is mail.")))
        .containsExactly("message Spam is mail.");
    assertThat(session.streams).isEmpty();
  }

  @Test
  void partsInTheWrongOrderStandInForAnAnswerThatNeverCame() {
    take("START", chunk("StreamStart", 1, "Looking"));
    take("INPROGRESS", chunk("StreamChunk", 3, "is mail."));
    Session restored = Session.of(session.json());
    session.streams = restored.streams;
    take("INPROGRESS", chunk("StreamChunk", 2, "Spam "));
    assertThat(take("END")).containsExactly("message Spam is mail.");
  }

  @Test
  void aRepeatedEndIsShownOnce() {
    Map<String, Object> whole =
        Map.of("uiType", "OutputText", "streamId", "s", "messageId", "m1", "value", "Whole");
    assertThat(take("END", whole)).hasSize(1);
    assertThat(take("END", whole)).isEmpty();
  }

  private static Map<String, Object> chunk(String type, int sequence, String value) {
    return Map.of("uiType", type, "streamId", "s", "streamSequence", sequence, "value", value);
  }

  private List<String> take(String state) {
    return take(state, List.of());
  }

  private List<String> take(String state, Map<String, Object> item) {
    return take(state, List.of(item));
  }

  private List<String> take(String state, List<Map<String, Object>> items) {
    List<String> events = new ArrayList<>();
    Callback callback = Callback.of(Map.of("streamState", state, "body", items));
    for (Map<String, Object> event : rules.apply(session, callback, Instant.EPOCH)) {
      Object message = event.get("message");
      events.add(
          event.get("type") + (message instanceof Map<?, ?> map ? " " + map.get("text") : ""));
    }
    return events;
  }
}
