package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConversationOperationsTest {
  @TempDir Path uploads;
  private Service service;

  @BeforeEach
  void startService() {
    service = new Service(uploads);
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  @Test
  void aSecretGeneratesATokenThatStartsItsConversationOnce() {
    var token = service.post(Service.SECRET, "/tokens/generate", "{\"User\":{\"Id\":\"dl_1\"}}");
    assertThat(token.status()).isEqualTo(200);
    Schemas.assertConforms("Conversation", token.body());
    Schemas.assertOnlyKnownMembers("Conversation", token.body());
    assertThat(token.body().path("expires_in").asInt()).isEqualTo(3600);
    assertThat(token.body().has("streamUrl")).isFalse();

    var first = service.post(token.text("token"), "/conversations", "{}");
    assertThat(first.status()).isEqualTo(201);
    Schemas.assertConforms("Conversation", first.body());
    Schemas.assertOnlyKnownMembers("Conversation", first.body());
    assertThat(first.text("conversationId")).isEqualTo(token.text("conversationId"));
    assertThat(first.text("streamUrl"))
        .startsWith(
            "ws://127.0.0.1:" + service.http.actualPort() + "/v3/directline/conversations/");

    var again = service.post(first.text("token"), "/conversations", null);
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.text("conversationId")).isEqualTo(token.text("conversationId"));
  }

  @Test
  void everyStartWithTheSecretIsANewConversation() {
    assertThat(service.start().text("conversationId"))
        .isNotEqualTo(service.start().text("conversationId"));
  }

  @Test
  void aRefreshedTokenOpensTheSameConversation() {
    var start = service.start();
    var refreshed = service.post(start.text("token"), "/tokens/refresh", null);
    assertThat(refreshed.status()).isEqualTo(200);
    Schemas.assertConforms("Conversation", refreshed.body());
    assertThat(refreshed.text("conversationId")).isEqualTo(start.text("conversationId"));
    assertThat(activities(refreshed.text("token"), start.text("conversationId"), "").status())
        .isEqualTo(200);
  }

  @Test
  void reconnectGivesANewTokenAndAStreamFromTheWatermark() {
    var start = service.start();
    String id = start.text("conversationId");
    var again = service.get(start.text("token"), "/conversations/" + id + "?watermark=0");
    assertThat(again.status()).isEqualTo(200);
    Schemas.assertConforms("Conversation", again.body());
    assertThat(again.text("streamUrl")).contains(id + "/stream?watermark=0&t=");
    assertThat(service.get(again.text("token"), "/conversations/" + id).status()).isEqualTo(200);
  }

  @Test
  void aPostGetsTheIdUnderWhichItIsEchoed() {
    var start = service.start();
    String id = start.text("conversationId");
    var posted = say(start.text("token"), id, "one");
    assertThat(posted.status()).isEqualTo(200);
    Schemas.assertConforms("ResourceResponse", posted.body());

    var read = activities(start.text("token"), id, "");
    Schemas.assertConforms("ActivitySet", read.body());
    JsonNode echo = read.body().at("/activities/1");
    assertThat(echo.path("id").asText()).isEqualTo(posted.text("id"));
    assertThat(echo.at("/from/id").asText()).isEqualTo("ada");
    assertThat(echo.at("/channelData/mark").asText()).isEqualTo("m-one");
    assertThat(echo.at("/conversation/id").asText()).isEqualTo(id);
    assertThat(read.text("watermark")).isEqualTo("2");
  }

  @Test
  void aRepeatedPostIsAnsweredWithTheSameIdAndKeptOnce() {
    var start = service.start();
    String id = start.text("conversationId");
    String activity =
        """
        {"type":"message","from":{"id":"ada"},"text":"once","channelData":{"clientActivityID":"c-1"}}
        """;
    var first = service.post(start.text("token"), "/conversations/" + id + "/activities", activity);
    var second =
        service.post(start.text("token"), "/conversations/" + id + "/activities", activity);
    assertThat(second.text("id")).isEqualTo(first.text("id"));
    assertThat(activities(start.text("token"), id, "").body().path("activities")).hasSize(3);
  }

  @Test
  void theWatermarkIsTheNumberOfTheLastActivitySeen() {
    var start = service.start();
    String id = start.text("conversationId");
    say(start.text("token"), id, "one");
    assertThat(texts(activities(start.text("token"), id, "?watermark=0")))
        .containsExactly("one", "You said: one");
    assertThat(texts(activities(start.text("token"), id, "?watermark="))).hasSize(3);
    assertThat(texts(activities(start.text("token"), id, "?watermark=-"))).hasSize(3);
    var beyond = activities(start.text("token"), id, "?watermark=99");
    assertThat(beyond.body().path("activities")).isEmpty();
    assertThat(beyond.text("watermark")).isEqualTo("99");
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "-1", "1.5", "0000a-42", "99999999999999999999"})
  void aWatermarkThatIsNotOursIsRefused(String watermark) {
    var start = service.start();
    var reply =
        activities(start.text("token"), start.text("conversationId"), "?watermark=" + watermark);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.text("code")).isEqualTo("BTN-1003");
  }

  @Test
  void aLongHistoryComesInPagesWithoutGaps() {
    var start = service.start();
    String id = start.text("conversationId");
    IntStream.range(0, 250).forEach(i -> service.backend.say(id, EchoBot.message("line " + i)));
    String watermark = "";
    int seen = 0;
    while (true) {
      var page = activities(start.text("token"), id, "?watermark=" + watermark);
      int size = page.body().path("activities").size();
      if (size == 0) {
        break;
      }
      seen += size;
      watermark = page.text("watermark");
    }
    assertThat(seen).isEqualTo(251);
    assertThat(watermark).isEqualTo("250");
  }

  @Test
  void aLockedUserIdReplacesWhateverIsPosted() {
    var token = service.post(Service.SECRET, "/tokens/generate", "{\"user\":{\"id\":\"dl_7\"}}");
    var start = service.post(token.text("token"), "/conversations", "{}");
    String id = start.text("conversationId");
    say(start.text("token"), id, "who am I");
    assertThat(activities(start.text("token"), id, "").body().at("/activities/1/from/id").asText())
        .isEqualTo("dl_7");
  }

  @Test
  void typingIsAnsweredButNotKept() {
    var start = service.start();
    String id = start.text("conversationId");
    var typing =
        service.post(
            start.text("token"),
            "/conversations/" + id + "/activities",
            "{\"type\":\"typing\",\"from\":{\"id\":\"ada\"}}");
    assertThat(typing.status()).isEqualTo(200);
    assertThat(typing.text("id")).isNotBlank();
    assertThat(activities(start.text("token"), id, "").body().path("activities")).hasSize(1);
  }

  @Test
  void aCustomerCannotPassForTheBotNorSmuggleControlCharacters() {
    var start = service.start();
    String id = start.text("conversationId");
    service.post(
        start.text("token"),
        "/conversations/" + id + "/activities",
        """
        {"type":"message","id":"x","from":{"id":"ada","role":"bot"},"text":"a\\u0000b\\u202ec\\nd"}
        """);
    JsonNode echo = activities(start.text("token"), id, "").body().at("/activities/1");
    assertThat(echo.at("/from/role").asText()).isEqualTo("user");
    assertThat(echo.path("text").asText()).isEqualTo("abc\nd");
    assertThat(echo.path("id").asText()).isEqualTo(id + "|0000001");
  }

  private Service.Reply say(String token, String conversation, String text) {
    return service.post(
        token,
        "/conversations/" + conversation + "/activities",
        """
        {"type":"message","from":{"id":"ada"},"text":"%s","channelData":{"mark":"m-%s"}}
        """
            .formatted(text, text));
  }

  private Service.Reply activities(String token, String conversation, String query) {
    return service.get(token, "/conversations/" + conversation + "/activities" + query);
  }

  private static java.util.List<String> texts(Service.Reply reply) {
    return reply.body().path("activities").findValuesAsText("text");
  }
}
