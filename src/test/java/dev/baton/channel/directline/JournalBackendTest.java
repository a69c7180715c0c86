package dev.baton.channel.directline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Customer;
import dev.baton.conversation.Owner;
import dev.baton.journal.FixedJournal;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JournalBackendTest {
  private final Vertx vertx = Vertx.vertx();
  private final CountDownLatch hubAnswers = new CountDownLatch(1);
  private final AtomicInteger told = new AtomicInteger();

  @AfterEach
  void stop() {
    hubAnswers.countDown();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  @Test
  void typingWaitsForNoHubAndIsToldOnceAtATime() {
    JournalBackend backend =
        new JournalBackend(
            vertx,
            new FixedJournal(withAgent("c1")),
            new CustomerStreams(),
            Map.of(),
            conversation -> hang());
    ObjectNode typing = JsonNodeFactory.instance.objectNode().put("type", "typing");

    for (int i = 0; i < 100; i++) {
      assertThat(backend.post("c1", typing).succeeded()).isTrue();
    }
    await().until(() -> told.get() == 1);

    hubAnswers.countDown();
    await()
        .until(
            () -> {
              backend.post("c1", typing);
              return told.get() > 1;
            });
  }

  @Test
  void idsOfAnyLengthTellRepeats() {
    String id = "x".repeat(5_000);

    assertThat(JournalBackend.sourceId("a1")).isEqualTo("customer:a1");
    assertThat(JournalBackend.sourceId(id))
        .hasSizeLessThan(200)
        .isEqualTo(JournalBackend.sourceId("x".repeat(5_000)))
        .isNotEqualTo(JournalBackend.sourceId(id + "y"));
  }

  private void hang() {
    told.incrementAndGet();
    try {
      hubAnswers.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Conversation withAgent(String id) {
    return new Conversation(
        id,
        "demo",
        "directline",
        new Customer("u1", "Ada"),
        "en",
        Owner.AGENT,
        null,
        1,
        0,
        Map.of(),
        Instant.EPOCH,
        Instant.EPOCH,
        null);
  }
}
