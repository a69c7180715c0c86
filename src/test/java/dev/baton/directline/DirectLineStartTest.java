package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectLineStartTest {
  private static final String START = "POST /v3/directline/conversations";

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

  private List<Object> eventNames() {
    return service.posted.stream().map(a -> a.get("name")).toList();
  }

  private Exchange start(String key) {
    return client.call("start", Map.of(), Map.of(DirectLineConstants.KEY, key));
  }

  @Test
  void aStartSendsUserLocaleContextAndStartEventInThisOrder() throws Exception {
    client(c -> c.setStartEvent("startConversation"));
    Exchange started =
        client.open(
            "k1",
            Map.of(
                "user", Map.of("id", "ada", "name", "Ada"),
                "locale", "de-DE",
                "context", Map.of("CustomerTier", "gold")));
    assertThat(started.getMessage().getBody())
        .isEqualTo(Map.of("conversationId", service.only().id));
    assertThat(service.bodies.get(0))
        .isEqualTo("{\"user\":{\"id\":\"ada\",\"name\":\"Ada\"},\"locale\":\"de-DE\"}");
    assertThat(eventNames()).containsExactly("pvaSetContext", "startConversation");
    assertThat(service.posted.get(0)).containsEntry("value", Map.of("CustomerTier", "gold"));
    assertThat(service.posted.get(1))
        .containsEntry("locale", "de-DE")
        .containsEntry("from", Map.of("id", "ada", "name", "Ada"));
  }

  @Test
  void nothingIsSentWhenNothingIsConfigured() throws Exception {
    client(c -> c.setSendContext(false));
    client.open("k1", Map.of("context", Map.of("CustomerTier", "gold")));
    assertThat(service.posted).isEmpty();
  }

  @Test
  void aRepeatedStartUsesTheSameConversationAndGreetsOnce() throws Exception {
    client(c -> c.setStartEvent("startConversation"));
    client.open("k1");
    client.open("k1");
    assertThat(service.talks).hasSize(1);
    assertThat(eventNames()).containsExactly("startConversation");
  }

  @Test
  void simultaneousStartsOfOneKeyOpenOneConversation() throws Exception {
    client(c -> c.setStartEvent("startConversation"));
    List<CompletableFuture<Exchange>> starts =
        java.util.stream.IntStream.range(0, 8)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> start("k1")))
            .toList();
    starts.forEach(CompletableFuture::join);
    assertThat(service.count(START)).isEqualTo(1);
    assertThat(eventNames()).containsExactly("startConversation");
  }

  @Test
  void aStartWhoseAnswerWasLostLeadsToTheSameConversation() throws Exception {
    service.next(
        START,
        (r, b) -> {
          service.only().started = true;
          r.connection().close();
        });
    client(c -> {});
    assertThat(start("k1").getException()).isInstanceOf(DirectLineRetryException.class);
    assertThat(start("k1").getException()).isNull();
    assertThat(service.talks).hasSize(1);
  }

  @Test
  void aStartThatFailedHalfWayGoesOnWhereItWas() throws Exception {
    service.nextStatus("POST .*/activities", 429, "Throttled");
    client(c -> c.setStartEvent("startConversation"));
    assertThat(start("k1").getException()).isInstanceOf(DirectLineRetryException.class);
    assertThat(start("k1").getException()).isNull();
    assertThat(service.count(START)).isEqualTo(1);
    assertThat(eventNames()).containsExactly("startConversation");
  }

  @Test
  void aConflictAtTheStartMeansThatTheConversationIsThere() throws Exception {
    service.nextStatus(START, 409, "Conflict");
    client(c -> {});
    assertThat(start("k1").getException()).isNull();
    client.say("k1", "hello");
    await().until(() -> client.texts().equals(List.of("re: hello")));
  }

  @Test
  void aGreetingThatNobodyAskedForIsDelivered() throws Exception {
    client(c -> {});
    client.open("k1");
    service.act(() -> service.says(service.only(), "Welcome"));
    await().until(() -> client.texts().equals(List.of("Welcome")));
  }

  @Test
  void aServiceThatMakesNoTokensIsUsedWithTheSecret() throws Exception {
    service.nextStatus("POST .*/tokens/generate", 404, "NotFound");
    client(c -> {});
    client.open("k1");
    client.say("k1", "hello");
    assertThat(service.bearers).containsOnly("Bearer " + FakeDirectLine.SECRET);
  }

  @Test
  void onlyUserIdsThatMayBeLockedAreLockedIntoTheToken() throws Exception {
    CompletableFuture<String> asked = new CompletableFuture<>();
    service.next(
        "POST .*/tokens/generate",
        (r, body) -> {
          asked.complete(body.toString());
          r.response().setStatusCode(404).end();
        });
    client(c -> {});
    client.open("k1", Map.of("user", Map.of("id", "dl_7")));
    assertThat(asked.get()).isEqualTo("{\"user\":{\"id\":\"dl_7\"}}");
    service.next(
        "POST .*/tokens/generate",
        (r, body) -> r.response().setStatusCode(body.toString().equals("{}") ? 404 : 500).end());
    assertThat(start("k2").getException()).isNull();
  }

  @Test
  void aWrongAddressIsNamedAsSuch() throws Exception {
    client(c -> c.setApiPath("/elsewhere"));
    assertThat(start("k1").getException())
        .isExactlyInstanceOf(DirectLineException.class)
        .hasMessageContaining("apiPath");
  }

  @Test
  void aConversationIsContinuedAfterARestartWithoutGreetingAgain() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    Consumer<DirectLineConfiguration> options =
        c -> {
          c.setSessionStore(store);
          c.setStartEvent("startConversation");
        };
    client(options);
    client.open("k1");
    client.say("k1", "one");
    await().until(() -> client.texts().equals(List.of("re: one")));
    await().until(() -> "3".equals(store.load("demo").iterator().next().watermark()));
    client.close();
    service.act(() -> service.says(service.only(), "while you were out"));
    client(options);
    await().until(() -> client.texts().equals(List.of("while you were out")));
    client.open("k1");
    client.say("k1", "two");
    await().until(() -> client.texts().contains("re: two"));
    assertThat(eventNames()).containsExactly("startConversation", null, null);
    assertThat(service.talks).hasSize(1);
  }

  @Test
  void manySessionsAreResumedWithABoundedNumberOfReconnectsAtATime() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    for (int i = 0; i < 40; i++) {
      FakeDirectLine.Talk talk = new FakeDirectLine.Talk("t" + i);
      service.talks.put(talk.id, talk);
      store.save(
          new DirectLineSession(
              "demo",
              "k" + i,
              service.url(),
              talk.id,
              "tok" + i,
              Instant.now().plusSeconds(900),
              null,
              "u",
              null,
              null,
              true,
              true,
              null));
    }
    int[] atOnce = {0, 0};
    for (int i = 0; i < 40; i++) {
      service.next(
          "GET /v3/directline/conversations/t\\d+",
          (r, b) -> {
            atOnce[0]++;
            atOnce[1] = Math.max(atOnce[1], atOnce[0]);
            r.response().endHandler(v -> atOnce[0]--);
            service.later(() -> r.response().end("{}"));
          });
    }
    client(
        c -> {
          c.setSessionStore(store);
          c.setResumeConcurrency(4);
        });
    await().until(() -> service.count("GET /v3/directline/conversations/t\\d+") == 40);
    assertThat(atOnce[1]).isBetween(1, 4);
    assertThat(client.status().open()).isEqualTo(40);
  }

  @Test
  void activitiesSeenBeforeARestartAreDroppedByACallersRepository() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    var repository =
        org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository
            .memoryIdempotentRepository();
    Consumer<DirectLineConfiguration> options =
        c -> {
          c.setSessionStore(store);
          c.setSeenActivities(repository);
        };
    client(options);
    client.open("k1");
    client.say("k1", "one");
    await().until(() -> client.texts().equals(List.of("re: one")));
    client.close();
    service.replaysWholeHistory = true;
    client(options);
    await().until(() -> client.status().sockets() == 1);
    client.say("k1", "two");
    await().until(() -> client.texts().equals(List.of("re: two")));
  }
}
