package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ServerSocket;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectLinePostTest {
  private static final String POST = "POST .*/activities";

  private FakeDirectLine service;
  private ClientFixture client;

  @BeforeEach
  void service() throws Exception {
    service = new FakeDirectLine();
  }

  @AfterEach
  void close() throws Exception {
    if (client != null) {
      client.close();
    }
    service.close();
  }

  private void client(Consumer<DirectLineConfiguration> options) throws Exception {
    client = new ClientFixture(service, options).start();
  }

  private static Object id(Exchange exchange) {
    assertThat(exchange.getException()).isNull();
    return exchange.getMessage().getBody(Map.class).get("id");
  }

  private long botHeard(String text) {
    return service.posted.stream().filter(a -> text.equals(a.get("text"))).count();
  }

  @Test
  void aPostGivesTheServicesIdAndCarriesSenderAndMark() throws Exception {
    client(c -> {});
    client.open("k1");
    Exchange posted = client.say("k1", "hello", "d-1", false);
    Map<String, Object> arrived = service.posted.get(0);
    assertThat(id(posted)).isEqualTo(arrived.get("id"));
    assertThat(posted.getMessage().getHeader(DirectLineConstants.ACTIVITY_ID))
        .isEqualTo(arrived.get("id"));
    assertThat(posted.getMessage().getHeader(DirectLineConstants.CONVERSATION_ID))
        .isEqualTo(service.only().id);
    assertThat(arrived)
        .containsEntry("from", Map.of("id", "cust-k1", "name", "Ada"))
        .containsEntry("channelData", Map.of("batonMark", "d-1"));
  }

  @Test
  void theCallersChannelDataStays() throws Exception {
    client(c -> c.setMarkName("myMark"));
    client.open("k1");
    client.call(
        "post",
        Map.of("type", "message", "channelData", Map.of("clientActivityID", "c-1")),
        Map.of(DirectLineConstants.KEY, "k1", DirectLineConstants.MARK, "d-1"));
    assertThat(service.posted.get(0))
        .containsEntry("channelData", Map.of("clientActivityID", "c-1", "myMark", "d-1"));
  }

  @Test
  void ownEchoesAreNotDelivered() throws Exception {
    client(c -> {});
    client.open("k1");
    client.say("k1", "hello");
    await().until(() -> client.received.size() == 1);
    assertThat(client.texts()).containsExactly("re: hello");
  }

  @Test
  void answersThatComeBeforeThePostReturnsAndBeforeTheEchoAreDelivered() throws Exception {
    service.answersBeforeEcho = true;
    CompletableFuture<Runnable> held = new CompletableFuture<>();
    service.afterAccept.add(
        (r, id) -> held.complete(() -> r.response().end("{\"id\":\"" + id + "\"}")));
    client(c -> {});
    client.open("k1");
    CompletableFuture<Exchange> post =
        CompletableFuture.supplyAsync(() -> client.say("k1", "hello"));
    await().until(() -> client.texts().equals(List.of("re: hello")));
    assertThat(post).isNotDone();
    service.act(held.get(5, TimeUnit.SECONDS));
    assertThat(id(post.get(5, TimeUnit.SECONDS))).isEqualTo(service.posted.get(0).get("id"));
  }

  @Test
  void aBotThatCopiesOurChannelDataIsStillHeard() throws Exception {
    service.bot =
        (talk, activity) ->
            service.put(
                talk,
                Map.of(
                    "type", "message", "text", "copy", "channelData", activity.get("channelData")));
    client(c -> {});
    client.open("k1");
    client.say("k1", "hello");
    await().until(() -> client.texts().equals(List.of("copy")));
  }

  @Test
  void successWithoutBodyIsSuccess() throws Exception {
    service.postStatus = 204;
    client(c -> {});
    client.open("k1");
    assertThat(client.say("k1", "one").getException()).isNull();
    service.postStatus = 202;
    assertThat(client.say("k1", "two").getException()).isNull();
    assertThat(botHeard("one")).isEqualTo(1);
    assertThat(botHeard("two")).isEqualTo(1);
  }

  @Test
  void aBadGatewayAfterTheBotAnsweredIsASuccessByTheEcho() throws Exception {
    service.afterAccept.add(
        (r, id) -> r.response().setStatusCode(502).end(FakeDirectLine.error("BotError")));
    client(c -> {});
    client.open("k1");
    assertThat(id(client.say("k1", "hello"))).isEqualTo(service.posted.get(0).get("id"));
    assertThat(botHeard("hello")).isEqualTo(1);
  }

  @Test
  void aBadGatewayIsResolvedFromTheHistoryWhenNothingIsReceived() throws Exception {
    service.afterAccept.add((r, id) -> r.response().setStatusCode(504).end());
    client = new ClientFixture(service, c -> {}).startWithoutConsumer();
    client.open("k1");
    assertThat(id(client.say("k1", "hello"))).isEqualTo(service.posted.get(0).get("id"));
    assertThat(service.count("GET .*/activities")).isPositive();
  }

  @Test
  void aConnectionThatBreaksAfterThePostIsASuccessByTheEcho() throws Exception {
    service.afterAccept.add((r, id) -> r.connection().close());
    client(c -> {});
    client.open("k1");
    assertThat(id(client.say("k1", "hello"))).isEqualTo(service.posted.get(0).get("id"));
    assertThat(botHeard("hello")).isEqualTo(1);
  }

  @Test
  void aPostThatIsNeverAnsweredIsASuccessByTheEcho() throws Exception {
    service.afterAccept.add((r, id) -> {});
    client(c -> c.setRequestTimeout(300));
    client.open("k1");
    assertThat(id(client.say("k1", "hello"))).isEqualTo(service.posted.get(0).get("id"));
    assertThat(botHeard("hello")).isEqualTo(1);
  }

  @Test
  void withoutAnEchoTheOutcomeIsUncertainAndNothingIsRepeated() throws Exception {
    service.nextStatus(POST, 502, "BotError");
    client(c -> c.setEchoTimeout(300));
    client.open("k1");
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOf(DirectLineUncertainException.class)
        .hasMessageContaining("BotError");
    assertThat(service.count(POST)).isEqualTo(1);
  }

  @Test
  void aRedeliveryAfterARestartFindsTheEchoOfTheEarlierAttempt() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    client(c -> c.setSessionStore(store));
    client.open("k1");
    Object first = id(client.say("k1", "hello", "d-1", false));
    client.close();
    client(c -> c.setSessionStore(store));
    assertThat(id(client.say("k1", "hello", "d-1", true))).isEqualTo(first);
    assertThat(botHeard("hello")).isEqualTo(1);
  }

  @Test
  void aRedeliveryToAConversationThatTheBotEndedFindsItsEchoButIsNeverPosted() throws Exception {
    client(c -> {});
    client.open("k1");
    Object first = id(client.say("k1", "hello", "d-1", false));
    service.act(() -> service.put(service.only(), Map.of("type", "endOfConversation")));
    await().until(() -> client.status().open() == 0);
    assertThat(id(client.say("k1", "hello", "d-1", true))).isEqualTo(first);
    assertThat(client.say("k1", "other", "d-2", true).getException())
        .isInstanceOf(DirectLineConversationLostException.class);
    assertThat(service.posted).hasSize(1);
  }

  @Test
  void aRedeliveryWithoutAnEchoIsPosted() throws Exception {
    client(c -> {});
    client.open("k1");
    assertThat(id(client.say("k1", "hello", "d-1", true))).isNotNull();
    assertThat(botHeard("hello")).isEqualTo(1);
  }

  @Test
  void aRedeliveryIsNotPostedWhenTheHistoryCannotBeRead() throws Exception {
    client(c -> {});
    client.open("k1");
    service.nextStatus("GET .*/activities", 500, "ServiceError");
    assertThat(client.say("k1", "hello", "d-1", true).getException())
        .isInstanceOf(DirectLineRetryException.class);
    assertThat(botHeard("hello")).isZero();
  }

  @Test
  void throttlingNamesTheSecondsToWait() throws Exception {
    service.nextStatus(POST, 429, "Throttled", "Retry-After", "7");
    client(c -> {});
    client.open("k1");
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOfSatisfying(
            DirectLineRetryException.class,
            e -> assertThat(e.getRetryAfter()).isEqualTo(Duration.ofSeconds(7)));
    assertThat(service.count(POST)).isEqualTo(1);
  }

  @Test
  void throttlingUntilADateNamesTheTimeToWait() throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(60));
    service.nextStatus(POST, 503, "Busy", "Retry-After", date);
    client(c -> {});
    client.open("k1");
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOfSatisfying(
            DirectLineRetryException.class,
            e ->
                assertThat(e.getRetryAfter())
                    .isBetween(Duration.ofSeconds(50), Duration.ofSeconds(60)));
  }

  @Test
  void noConnectionMeansThatARepeatIsSafe() throws Exception {
    int closedPort;
    try (ServerSocket socket = new ServerSocket(0)) {
      closedPort = socket.getLocalPort();
    }
    client(c -> c.setUrl("http://127.0.0.1:" + closedPort));
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOf(DirectLineRetryException.class);
    assertThat(client.status().healthy()).isFalse();
  }

  @Test
  void anUnknownConversationIsReportedAsLost() throws Exception {
    client(c -> {});
    client.open("k1");
    service.talks.clear();
    assertThat(client.say("k1", "hello").getException())
        .isInstanceOf(DirectLineConversationLostException.class);
    assertThat(client.status().open()).isZero();
  }

  @Test
  void aMalformedActivityIsRefusedForGood() throws Exception {
    service.nextStatus(POST, 400, "BadArgument");
    client(c -> {});
    client.open("k1");
    assertThat(client.say("k1", "hello").getException())
        .isExactlyInstanceOf(DirectLineException.class)
        .hasMessageContaining("BadArgument");
  }

  @Test
  void aPostForAnUnknownKeyStartsTheConversation() throws Exception {
    client(c -> {});
    Exchange posted =
        client.call(
            "post",
            Map.of("type", "message", "text", "hi", "from", Map.of("id", "ada"), "locale", "fr"),
            Map.of(DirectLineConstants.KEY, "new"));
    assertThat(id(posted)).isNotNull();
    assertThat(service.bodies.get(0)).contains("\"id\":\"ada\"").contains("\"locale\":\"fr\"");
    await().until(() -> client.texts().equals(List.of("re: hi")));
  }

  @Test
  void aPostWithoutAKeyIsRefused() throws Exception {
    client(c -> {});
    assertThat(client.call("post", Map.of("type", "message"), Map.of()).getException())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(DirectLineConstants.KEY);
  }

  @Test
  void aRedeliveryHeaderThatIsNoBooleanIsRefused() throws Exception {
    client(c -> {});
    Map<String, Object> headers =
        Map.of(DirectLineConstants.KEY, "k1", DirectLineConstants.REDELIVERED, "2 > 1");
    assertThat(client.call("post", Map.of("type", "message"), headers).getException())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resultType");
    assertThat(service.posted).isEmpty();
  }

  @Test
  void aFileIsUploadedWithItsActivity() throws Exception {
    client(c -> {});
    client.open("k1");
    Map<String, Object> headers = new LinkedHashMap<>();
    headers.put(DirectLineConstants.KEY, "k1");
    headers.put(DirectLineConstants.FILE_NAME, "a \"b\".txt");
    headers.put(DirectLineConstants.FILE_TYPE, "text/plain");
    headers.put(DirectLineConstants.ACTIVITY, Map.of("text", "see this"));
    assertThat(
            id(
                client.call(
                    "upload",
                    "content".getBytes(java.nio.charset.StandardCharsets.UTF_8),
                    headers)))
        .isEqualTo(service.posted.get(0).get("id"));
    assertThat(service.posted.get(0)).containsEntry("text", "see this").containsKey("channelData");
    assertThat(service.requests).anyMatch(r -> r.endsWith("/upload?userId=cust-k1"));
    assertThat(service.bodies.get(1))
        .contains("filename=\"a _b_.txt\"\r\nContent-Type: text/plain\r\n\r\ncontent\r\n--");
    await().until(() -> client.texts().equals(List.of("re: see this")));
  }

  @Test
  void aFileThatIsTooLargeIsRefusedBeforeItIsSent() throws Exception {
    client(c -> c.setMaxUploadSize(10));
    client.open("k1");
    assertThat(
            client
                .call("upload", new byte[11], Map.of(DirectLineConstants.KEY, "k1"))
                .getException())
        .hasMessageContaining("11 bytes");
    assertThat(service.posted).isEmpty();
  }

  @Test
  void theEndIsPostedAndTheConversationForgotten() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    client(c -> c.setSessionStore(store));
    client.open("k1");
    await().until(() -> service.only().socket != null);
    assertThat(client.call("end", null, Map.of(DirectLineConstants.KEY, "k1")).getException())
        .isNull();
    assertThat(service.posted.get(0)).containsEntry("type", "endOfConversation");
    assertThat(store.load("demo")).isEmpty();
    await().until(() -> service.only().socket == null);
    assertThat(client.call("end", null, Map.of(DirectLineConstants.KEY, "k1")).getException())
        .isNull();
    assertThat(service.posted).hasSize(1);
  }
}
