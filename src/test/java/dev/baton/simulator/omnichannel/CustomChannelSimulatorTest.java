package dev.baton.simulator.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An Omnichannel behind Direct Line, by plain HTTP. */
class CustomChannelSimulatorTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final CustomChannelTexts TEXTS = CustomChannelTexts.english();
  private static CustomChannelSimulator omnichannel;
  private String conversation;

  @BeforeAll
  static void start() {
    omnichannel = CustomChannelSimulator.start(0).automated(TEXTS);
  }

  @AfterAll
  static void stop() {
    omnichannel.close();
  }

  @BeforeEach
  void begin() throws Exception {
    omnichannel.open(true);
    conversation =
        new JsonObject(call("POST", "/conversations", "{}").body()).getString("conversationId");
  }

  private static HttpResponse<String> call(String method, String path, String body)
      throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create(omnichannel.url() + "/v3/directline" + path))
            .header("Authorization", "Bearer " + omnichannel.settings().get("direct-line-secret"))
            .header("Content-Type", "application/json")
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private int post(JsonObject activity) throws Exception {
    return call("POST", "/conversations/" + conversation + "/activities", activity.encode())
        .statusCode();
  }

  private List<JsonObject> fromOmnichannel() throws Exception {
    String body = call("GET", "/conversations/" + conversation + "/activities", null).body();
    return new JsonObject(body)
        .getJsonArray("activities").stream()
            .map(JsonObject.class::cast)
            .filter(
                a ->
                    omnichannel
                        .settings()
                        .get("bot-handle")
                        .equals(a.getJsonObject("from").getString("id")))
            .toList();
  }

  private static JsonObject message(String text) {
    return new JsonObject()
        .put("type", "message")
        .put("from", new JsonObject().put("id", "u-1").put("name", "Ada Byron"))
        .put("text", text)
        .put(
            "channelData",
            new JsonObject()
                .put("channeltype", "Baton")
                .put("conversationcontext", new JsonObject().put("va_LastTopic", "Refund"))
                .put("customercontext", new JsonObject().put("email", "ada@example.com")));
  }

  @Test
  void whatHappensIsToldAsTextsOfTheBotHandle() throws Exception {
    assertThat(post(message("I need a person"))).isEqualTo(200);
    assertThat(post(message("hello?"))).isEqualTo(200);
    omnichannel.accept(conversation, "Dana");
    omnichannel.say(conversation, "Hello **Ada**");
    omnichannel.say(conversation, "somebody-else", "not of Omnichannel");
    omnichannel.end(conversation);
    omnichannel.say(conversation, "How was it? https://survey.example");

    assertThat(fromOmnichannel())
        .extracting(a -> a.getString("text", a.getString("type")))
        .containsExactly(
            TEXTS.queued(),
            "Dana has joined the conversation.",
            "Hello **Ada**",
            "endOfConversation",
            "How was it? https://survey.example");
    assertThat(omnichannel.texts(conversation)).containsExactly("hello?");
    assertThat(omnichannel.conversationOf("I need a person")).contains(conversation);
  }

  @Test
  void outOfHoursTheFirstMessageIsAnsweredWithThatText() throws Exception {
    omnichannel.open(false);
    post(message("anybody?"));
    assertThat(fromOmnichannel())
        .extracting(a -> a.getString("text"))
        .containsExactly(TEXTS.closed());
  }

  @Test
  void directLineGoesOnAfterTheCustomersEnd() throws Exception {
    post(message("hello"));
    post(
        new JsonObject()
            .put("type", "endOfConversation")
            .put("from", new JsonObject().put("id", "u-1")));
    assertThat(omnichannel.ends(conversation)).isEqualTo(1);
    assertThat(post(message("again"))).isEqualTo(200);
  }

  @Test
  void whatIsTooLargeOrOfAnotherShapeIsRefused() throws Exception {
    JsonObject bare = message("hello");
    bare.remove("channelData");
    JsonObject objects = message("hello");
    objects
        .getJsonObject("channelData")
        .put("conversationcontext", new JsonObject().put("a", new JsonObject().put("value", "b")));
    JsonObject array = message("hello");
    array.getJsonObject("channelData").put("customercontext", new JsonArray());
    for (JsonObject wrong : List.of(bare, objects, array, message("x".repeat(28 * 1024)))) {
      assertThat(post(wrong)).isEqualTo(400);
    }
    assertThat(omnichannel.tooLarge()).containsExactly(conversation);
    assertThat(omnichannel.received(conversation)).isEmpty();
  }

  @Test
  void filesAndTypingComeFromTheBotHandleToo() throws Exception {
    post(message("hello"));
    omnichannel.sends(conversation, "image/png", "https://x.example/a.png", "a.png");
    omnichannel.types(conversation);
    JsonObject file = fromOmnichannel().get(1);
    assertThat(file.getJsonArray("attachments").getJsonObject(0).getString("name"))
        .isEqualTo("a.png");
    assertThat(fromOmnichannel()).noneMatch(a -> "typing".equals(a.getString("type")));
  }
}
