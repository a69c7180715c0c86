package dev.baton.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;
import org.awaitility.core.ConditionTimeoutException;

/** A customer in front of a canvas: Direct Line 3.0 by polling, or by WebSocket if asked to. */
final class Customer {
  private final RunningBaton baton;
  private final String userId;
  private final String conversation;
  private final String token;
  private final List<JsonNode> seen = new ArrayList<>();
  private final List<JsonNode> signals = new ArrayList<>();
  private String watermark = "";
  private WebSocket socket;

  private Customer(RunningBaton baton, String userId, JsonNode started) {
    this.baton = baton;
    this.userId = userId;
    this.conversation = started.path("conversationId").asText();
    this.token = started.path("token").asText();
  }

  static Customer start(RunningBaton baton, String userId) {
    return start(baton, userId, RunningBaton.CANVAS_SECRET);
  }

  static Customer start(RunningBaton baton, String userId, String canvasSecret) {
    ObjectNode user = Http.JSON.createObjectNode();
    user.putObject("user").put("id", userId).put("name", "Ada");
    Http.Answer generated =
        baton.http.call(
            "POST",
            baton.url("/v3/directline/tokens/generate"),
            user.toString(),
            "Authorization",
            "Bearer " + canvasSecret);
    assertThat(generated.status()).as(generated.body()).isEqualTo(200);
    Http.Answer started =
        baton.http.call(
            "POST",
            baton.url("/v3/directline/conversations"),
            "{}",
            "Authorization",
            "Bearer " + generated.json().path("token").asText());
    assertThat(started.status()).as(started.body()).isEqualTo(201);
    return new Customer(baton, userId, started.json());
  }

  String id() {
    return conversation;
  }

  String userId() {
    return userId;
  }

  String token() {
    return token;
  }

  // --- what the customer does

  void say(String text) {
    assertThat(post(message(text)).status()).isEqualTo(200);
  }

  ObjectNode message(String text) {
    return Http.JSON.createObjectNode().put("type", "message").put("text", text);
  }

  void send(String type) {
    assertThat(post(Http.JSON.createObjectNode().put("type", type)).status()).isEqualTo(200);
  }

  Http.Answer post(ObjectNode activity) {
    activity.putObject("from").put("id", userId);
    if (!activity.has("channelData")) {
      activity.putObject("channelData").put("clientActivityID", UUID.randomUUID().toString());
    }
    return call("POST", "/activities", activity.toString());
  }

  Http.Answer call(String method, String path, String body) {
    return baton.http.call(
        method,
        baton.url("/v3/directline/conversations/" + conversation + path),
        body,
        "Authorization",
        "Bearer " + token);
  }

  // --- what the customer sees

  /** From now on by WebSocket, where signals such as typing are seen too. */
  Customer bySocket() {
    look();
    String url = call("GET", "?watermark=" + watermark, null).json().path("streamUrl").asText();
    socket = baton.http.client.newWebSocketBuilder().buildAsync(URI.create(url), new Sets()).join();
    return this;
  }

  /** Fetches what is new; by socket it comes by itself. Returns all seen so far. */
  List<JsonNode> look() {
    if (socket == null) {
      Http.Answer answer = call("GET", "/activities?watermark=" + watermark, null);
      assertThat(answer.status()).as(answer.body()).isEqualTo(200);
      take(answer.json());
    }
    synchronized (this) {
      return List.copyOf(seen);
    }
  }

  private synchronized void take(JsonNode set) {
    for (JsonNode activity : set.path("activities")) {
      if (activity.path("type").asText().equals("typing")) {
        signals.add(activity);
      } else {
        seen.add(activity);
      }
    }
    if (set.hasNonNull("watermark")) {
      watermark = set.path("watermark").asText();
    }
  }

  synchronized List<JsonNode> signals() {
    return List.copyOf(signals);
  }

  JsonNode until(String what, Predicate<JsonNode> wanted) {
    try {
      await()
          .atMost(RunningBaton.LIMIT)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> look().stream().anyMatch(wanted));
    } catch (ConditionTimeoutException e) {
      throw new AssertionError("The customer never saw " + what + ", but " + texts(), e);
    }
    return look().stream().filter(wanted).reduce((a, b) -> b).orElseThrow();
  }

  /** Waits for a message that begins so. */
  JsonNode untilText(String beginning) {
    return until(beginning, a -> isMessage(a) && a.path("text").asText().startsWith(beginning));
  }

  /** Waits for one of Baton's own texts. */
  JsonNode untilSystem(String key) {
    return untilSystem(key, 1);
  }

  JsonNode untilSystem(String key, int times) {
    until(times + " × " + key, any -> seenSystem().stream().filter(key::equals).count() >= times);
    return until(key, a -> key.equals(systemKey(a)));
  }

  /** All texts in order, of all speakers. */
  List<String> texts() {
    return look().stream().filter(Customer::isMessage).map(a -> a.path("text").asText()).toList();
  }

  /** Texts in order of one kind of speaker: customer, bot, agent or system. */
  List<String> textsBy(String speaker) {
    return look().stream()
        .filter(a -> isMessage(a) && mark(a).path("speaker").asText().equals(speaker))
        .map(a -> a.path("text").asText())
        .toList();
  }

  /** Keys of Baton's own texts, in order. */
  synchronized List<String> seenSystem() {
    return seen.stream().map(Customer::systemKey).filter(k -> k != null).toList();
  }

  /** Every activity came once, and in the order of the conversation. */
  void sawEverythingOnceInOrder() {
    List<String> ids = look().stream().map(a -> a.path("id").asText()).toList();
    assertThat(ids).doesNotHaveDuplicates().isSorted();
    for (int i = 0; i < ids.size(); i++) {
      assertThat(ids.get(i)).isEqualTo(String.format("%s|%07d", conversation, i));
    }
  }

  private static String systemKey(JsonNode activity) {
    JsonNode mark = mark(activity);
    return mark.path("speaker").asText().equals("system") && mark.has("source")
        ? mark.path("source").asText()
        : null;
  }

  static JsonNode mark(JsonNode activity) {
    return activity.path("channelData").path("baton");
  }

  private static boolean isMessage(JsonNode activity) {
    return activity.path("type").asText().equals("message");
  }

  private final class Sets implements WebSocket.Listener {
    private final StringBuilder text = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      text.append(part);
      if (last) {
        String set = text.toString();
        text.setLength(0);
        if (!set.isBlank()) { // an empty message keeps the connection
          try {
            take(Http.JSON.readTree(set));
          } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
          }
        }
      }
      from.request(1);
      return null;
    }
  }
}
