package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DirectLineReceiveTest {
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

  private static void polling(DirectLineConfiguration configuration) {
    configuration.setStream(DirectLineStream.POLLING);
  }

  private void receives(String... texts) {
    await().untilAsserted(() -> assertThat(client.texts()).containsExactly(texts));
  }

  @Test
  void answersArriveByTheStreamWithKeyAndIds() throws Exception {
    client(c -> {});
    client.open("k1");
    await().until(() -> client.status().sockets() == 1);
    client.say("k1", "hello");
    receives("re: hello");
    Map<String, Object> headers = client.headers.get(0);
    assertThat(headers)
        .containsEntry(DirectLineConstants.KEY, "k1")
        .containsEntry(DirectLineConstants.CONVERSATION_ID, service.only().id)
        .containsEntry(DirectLineConstants.ACTIVITY_ID, client.received.get(0).get("id"))
        .containsEntry(DirectLineConstants.ACTIVITY_TYPE, "message")
        .containsKey(DirectLineConstants.WATERMARK);
    assertThat(service.count("GET .*/activities.*")).isZero();
  }

  @Test
  void answersArriveByPolling() throws Exception {
    client(DirectLineReceiveTest::polling);
    client.open("k1");
    client.say("k1", "hello");
    receives("re: hello");
    assertThat(service.socketsOpened).hasValue(0);
  }

  @Test
  void pollingIsUsedWhenNoStreamIsOffered() throws Exception {
    service.offersStream = false;
    client(c -> {});
    client.open("k1");
    client.say("k1", "hello");
    receives("re: hello");
  }

  @Test
  void aDroppedSocketIsBridgedByPollingAndComesBack() throws Exception {
    client(c -> {});
    client.open("k1");
    await().until(() -> service.only().socket != null);
    service.act(
        () -> {
          service.only().socket.close();
          service.says(service.only(), "while away");
        });
    receives("while away");
    await().until(() -> service.socketsOpened.get() == 2 && client.status().sockets() == 1);
    service.act(() -> service.says(service.only(), "back again"));
    receives("while away", "back again");
  }

  @Test
  void aStreamThatCannotBeOpenedIsReplacedByPolling() throws Exception {
    service.next("STREAM .*", (r, b) -> r.response().setStatusCode(503).end());
    client(c -> {});
    client.open("k1");
    client.say("k1", "hello");
    receives("re: hello");
    await().until(() -> service.socketsOpened.get() == 1);
  }

  @Test
  void aCollisionLeavesTheSocketToTheOtherForAWhileAndPolls() throws Exception {
    client(c -> {});
    client.open("k1");
    await().until(() -> service.only().socket != null);
    service.act(
        () -> {
          service.only().socket.close((short) 1008, "collision");
          service.says(service.only(), "still here");
        });
    receives("still here");
    await().until(() -> service.socketsOpened.get() == 2);
  }

  @Test
  void aSilentSocketIsNoticedAfterAPostAndReplacedByPolling() throws Exception {
    service.silentStream = true;
    client(c -> c.setReconnectDelayMin(60_000));
    client.open("k1");
    await().until(() -> client.status().sockets() == 1);
    client.say("k1", "one");
    receives("re: one");
    client.say("k1", "two");
    receives("re: one", "re: two");
    await().until(() -> client.status().sockets() == 0);
    service.act(() -> service.says(service.only(), "unasked"));
    receives("re: one", "re: two", "unasked");
  }

  @Test
  void theReplayOfTheWholeHistoryIsDeliveredOnce() throws Exception {
    client(c -> {});
    client.open("k1");
    client.say("k1", "one");
    receives("re: one");
    service.replaysWholeHistory = true;
    service.act(() -> service.only().socket.close());
    await().until(() -> service.socketsOpened.get() == 2);
    client.say("k1", "two");
    receives("re: one", "re: two");
  }

  @Test
  void aWatermarkThatFallsBackRepeatsNothing() throws Exception {
    client(DirectLineReceiveTest::polling);
    client.open("k1");
    client.say("k1", "one");
    receives("re: one");
    service.next(
        "GET .*/activities", (r, b) -> r.response().end("{\"activities\":[],\"watermark\":\"0\"}"));
    await().until(() -> service.count("GET .*/activities\\?watermark=0") > 0);
    client.say("k1", "two");
    receives("re: one", "re: two");
  }

  @Test
  void aNumericWatermarkIsSentBack() throws Exception {
    service.numericWatermark = true;
    client(DirectLineReceiveTest::polling);
    client.open("k1");
    client.say("k1", "one");
    receives("re: one");
    await().until(() -> service.count("GET .*/activities\\?watermark=2") > 0);
  }

  @Test
  void setsWithoutWatermarkAreReadAgainAndDeliveredOnce() throws Exception {
    service.givesWatermark = false;
    client(DirectLineReceiveTest::polling);
    client.open("k1");
    client.say("k1", "one");
    client.say("k1", "two");
    receives("re: one", "re: two");
  }

  @Test
  void typingWithoutAnIdIsNeverTakenForARepeat() throws Exception {
    client(c -> {});
    client.open("k1");
    await().until(() -> service.only().socket != null);
    String typing =
        "{\"activities\":[{\"type\":\"typing\",\"from\":{\"id\":\"b\",\"role\":\"bot\"}}]}";
    service.frame(service.only(), typing);
    service.frame(service.only(), typing);
    await().until(() -> client.received.size() == 2);
    assertThat(client.headers.get(0)).doesNotContainKey(DirectLineConstants.ACTIVITY_ID);
  }

  @Test
  void emptyMalformedAndUnknownFramesAreIgnored() throws Exception {
    client(c -> {});
    client.open("k1");
    await().until(() -> service.only().socket != null);
    for (String frame :
        List.of("", "{", "[]", "{\"streamState\":{}}", "{\"activities\":\"none\"}")) {
      service.frame(service.only(), frame);
    }
    client.say("k1", "hello");
    receives("re: hello");
    assertThat(service.socketsOpened).hasValue(1);
  }

  @Test
  void unknownActivityTypesAndUnknownFieldsPass() throws Exception {
    client(c -> {});
    client.open("k1");
    service.act(
        () ->
            service.put(
                service.only(),
                Map.of("type", "somethingNew", "cci_bot_id", "b", "value", List.of(1, "two"))));
    await().until(() -> client.received.size() == 1);
    assertThat(client.received.get(0))
        .containsEntry("type", "somethingNew")
        .containsEntry("cci_bot_id", "b")
        .containsEntry("value", List.of(1, "two"));
  }

  @Test
  void emptyFramesKeepTheSocketAlive() throws Exception {
    client(c -> c.setKeepAlive(20));
    client.open("k1");
    await().until(() -> service.emptyFrames.get() > 3);
    assertThat(client.status().sockets()).isEqualTo(1);
  }

  @Test
  void theOrderOfArrivalIsKept() throws Exception {
    client(c -> {});
    client.open("k1");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      expected.add("m" + i);
    }
    service.act(() -> expected.forEach(text -> service.says(service.only(), text)));
    receives(expected.toArray(String[]::new));
  }

  @Test
  void aFailedExchangeIsTriedAgainBeforeAnyLaterOne() throws Exception {
    client(c -> {});
    AtomicInteger failures = new AtomicInteger(2);
    client.step =
        message -> {
          if ("second".equals(message.getBody(Map.class).get("text"))
              && failures.getAndDecrement() > 0) {
            throw new IllegalStateException("not now");
          }
        };
    client.open("k1");
    service.act(
        () -> List.of("first", "second", "third").forEach(t -> service.says(service.only(), t)));
    receives("first", "second", "third");
    assertThat(client.headers.get(1)).containsEntry(DirectLineConstants.ATTEMPT, 3);
  }

  @Test
  void theWatermarkIsStoredOnlyAfterTheRouteSucceeded() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    client(c -> c.setSessionStore(store));
    AtomicInteger attempts = new AtomicInteger();
    boolean[] open = {false};
    client.step =
        message -> {
          attempts.incrementAndGet();
          if (!open[0]) {
            throw new IllegalStateException("not now");
          }
        };
    client.open("k1");
    service.act(() -> service.says(service.only(), "held"));
    await().until(() -> attempts.get() >= 3);
    assertThat(store.load("demo").iterator().next().watermark()).isNull();
    open[0] = true;
    await().until(() -> "1".equals(store.load("demo").iterator().next().watermark()));
  }

  @Test
  void aSlowRouteHoldsReceivingBackAndLosesNothing() throws Exception {
    client(c -> c.setReceiveBuffer(8));
    boolean[] open = {false};
    client.step =
        message -> {
          if (!open[0]) {
            throw new IllegalStateException("not now");
          }
        };
    client.open("k1");
    await().until(() -> service.only().socket != null);
    service.act(
        () -> {
          for (int i = 0; i < 300; i++) {
            service.says(service.only(), "m" + i);
          }
        });
    await().until(() -> client.status().undelivered() == 8);
    open[0] = true;
    await().until(() -> client.received.size() == 300);
    assertThat(client.texts()).startsWith("m0", "m1", "m2").endsWith("m298", "m299");
  }

  @Test
  void nothingIsReceivedAfterTheBotHasEndedTheConversation() throws Exception {
    client(c -> {});
    client.open("k1");
    service.act(() -> service.put(service.only(), Map.of("type", "endOfConversation")));
    await().until(() -> client.received.size() == 1 && client.status().open() == 0);
    await().until(() -> service.only().socket == null);
    assertThat(client.say("k1", "too late").getException())
        .isInstanceOf(DirectLineConversationLostException.class);
    client.open("k1");
    client.say("k1", "anew");
    await().until(() -> client.texts().contains("re: anew"));
    assertThat(service.talks).hasSize(2);
  }

  @Test
  void whatCameWithTheEndIsStillDelivered() throws Exception {
    client(c -> {});
    client.open("k1");
    await().until(() -> service.only().socket != null);
    service.frame(
        service.only(),
        "{\"activities\":[{\"type\":\"endOfConversation\",\"id\":\"2\"},"
            + "{\"type\":\"message\",\"id\":\"1\",\"text\":\"bye\"}],\"watermark\":\"2\"}");
    await().until(() -> client.received.size() == 2 && client.status().open() == 0);
    assertThat(client.texts()).containsExactly(null, "bye");
    assertThat(client.status().undelivered()).isZero();
  }

  @Test
  void aRouteMayWaitForAPostOfItsOwn() throws Exception {
    client(c -> c.setWorkers(1));
    client.step =
        message -> {
          if ("ask".equals(message.getBody(Map.class).get("text"))) {
            assertThat(client.say("k2", "from the route").getException()).isNull();
          }
        };
    client.open("k1");
    service.act(() -> service.says(service.only(), "ask"));
    await().until(() -> client.texts().containsAll(List.of("ask", "re: from the route")));
  }

  @Test
  void onlyTheStreamIsUsedWhenNothingElseIsAllowed() throws Exception {
    service.offersStream = false;
    client(c -> c.setStream(DirectLineStream.WEBSOCKET));
    client.open("k1");
    service.act(() -> service.says(service.only(), "early"));
    await().until(() -> service.count("GET /v3/directline/conversations/[^/]+") > 1);
    assertThat(client.received).isEmpty();
    service.offersStream = true;
    receives("early");
  }

  @Test
  void aConversationMovesToAnotherNodeAndBack() throws Exception {
    MemoryDirectLineSessionStore store = new MemoryDirectLineSessionStore();
    client(c -> c.setSessionStore(store));
    DirectLineComponent component =
        client.camel.getComponent("directline", DirectLineComponent.class);
    try (ClientFixture other = new ClientFixture(service, c -> c.setSessionStore(store)).start()) {
      client.open("k1");
      client.say("k1", "one");
      receives("re: one");
      await().until(() -> "2".equals(store.find("demo", "k1").watermark()));
      component.client("demo").leave("k1");
      await().until(() -> client.status().open() == 0 && service.only().socket == null);
      assertThat(other.say("k1", "two").getException()).isNull();
      await().untilAsserted(() -> assertThat(other.texts()).containsExactly("re: two"));
      assertThat(service.talks).hasSize(1);
    }
    assertThat(
            component
                .client("demo")
                .takeOver("k1")
                .toCompletionStage()
                .toCompletableFuture()
                .get(5, TimeUnit.SECONDS))
        .isTrue();
    service.act(() -> service.says(service.only(), "three"));
    receives("re: one", "three");
  }
}
