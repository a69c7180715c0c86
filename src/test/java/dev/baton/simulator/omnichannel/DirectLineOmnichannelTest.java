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
class DirectLineOmnichannelTest {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static DirectLineOmnichannel omnichannel;
  private String conversation;

  @BeforeAll
  static void start() {
    omnichannel = DirectLineOmnichannel.start();
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
            .header("Authorization", "Bearer " + omnichannel.secret())
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
            .filter(a -> omnichannel.botHandle().equals(a.getJsonObject("from").getString("id")))
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

  private DirectLineChat chat() {
    return omnichannel.chats().stream()
        .filter(chat -> chat.id().equals(conversation))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatHappensIsToldAsTextsOfTheBotHandle() throws Exception {
    assertThat(post(message("I need a person"))).isEqualTo(200);
    assertThat(post(message("hello?"))).isEqualTo(200);
    omnichannel.accept(chat(), "Dana");
    omnichannel.say(chat(), "Hello **Ada**");
    omnichannel.sayAs(chat(), "somebody-else", "not of Omnichannel");
    omnichannel.end(chat());
    omnichannel.automated(chat(), "How was it? https://survey.example");

    assertThat(fromOmnichannel())
        .extracting(a -> a.getString("text", a.getString("type")))
        .containsExactly(
            omnichannel.texts().queued(),
            "Dana has joined the conversation.",
            "Hello **Ada**",
            omnichannel.texts().ended(),
            "endOfConversation",
            "How was it? https://survey.example");
    assertThat(chat().texts()).containsExactly("I need a person", "hello?");
    assertThat(chat().customerId()).isEqualTo("u-1");
    assertThat(chat().context().path("va_LastTopic").asText()).isEqualTo("Refund");
  }

  @Test
  void outOfHoursTheFirstMessageIsAnsweredWithThatText() throws Exception {
    omnichannel.open(false);
    post(message("anybody?"));
    assertThat(fromOmnichannel())
        .extracting(a -> a.getString("text"))
        .containsExactly(omnichannel.texts().closed());
  }

  @Test
  void theCustomersEndClosesTheChatAndDirectLineGoesOn() throws Exception {
    post(message("hello"));
    post(
        new JsonObject()
            .put("type", "endOfConversation")
            .put("from", new JsonObject().put("id", "u-1")));
    assertThat(chat().isClosed()).isTrue();
    assertThat(post(message("again"))).isEqualTo(200);
    assertThat(chat().isClosed()).isFalse();
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
    assertThat(chat().refusals()).hasSize(4);
    assertThat(chat().received()).isEmpty();
  }

  @Test
  void filesAndTypingComeFromTheBotHandleToo() throws Exception {
    post(message("hello"));
    omnichannel.sendFile(chat(), "image/png", "https://x.example/a.png", "a.png");
    omnichannel.typing(chat());
    JsonObject file = fromOmnichannel().get(1);
    assertThat(file.getJsonArray("attachments").getJsonObject(0).getString("name"))
        .isEqualTo("a.png");
    assertThat(fromOmnichannel()).noneMatch(a -> "typing".equals(a.getString("type")));
  }
}
