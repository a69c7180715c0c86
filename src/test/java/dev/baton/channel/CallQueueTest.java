package dev.baton.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class CallQueueTest {
  private final CallQueue queue = new CallQueue(Runnable::run, 3);
  private final List<String> started = new ArrayList<>();

  @Test
  void callsOfASessionWaitForEachOtherAndThoseOfAnotherDoNot() {
    CompletableFuture<String> first = new CompletableFuture<>();
    CompletableFuture<String> one = run("a", "1", first);
    run("a", "2", CompletableFuture.completedFuture("two"));
    run("b", "3", CompletableFuture.completedFuture("three"));

    assertThat(started).containsExactly("1", "3");
    first.complete("one");
    assertThat(one.join()).isEqualTo("one");
    assertThat(started).containsExactly("1", "3", "2");
  }

  @Test
  void aCallThatFailsLetsTheNextOneStart() {
    CompletableFuture<String> broken =
        queue
            .<String>run(
                "a",
                () -> {
                  throw new IllegalStateException("broken");
                })
            .orElseThrow();
    CompletableFuture<String> next = run("a", "next", CompletableFuture.completedFuture("fine"));

    assertThat(broken).isCompletedExceptionally();
    assertThat(broken.handle((v, e) -> e).join())
        .isInstanceOfAny(IllegalStateException.class, CompletionException.class);
    assertThat(next.join()).isEqualTo("fine");
  }

  @Test
  void moreThanSoManyOfASessionAreRefusedUntilOneIsOver() {
    CompletableFuture<String> first = new CompletableFuture<>();
    run("a", "1", first);
    run("a", "2", CompletableFuture.completedFuture("2"));
    run("a", "3", CompletableFuture.completedFuture("3"));

    assertThat(queue.run("a", () -> first)).isEmpty();
    assertThat(queue.run("b", () -> first)).isPresent();
    first.complete("1");
    assertThat(queue.run("a", () -> CompletableFuture.completedFuture("4"))).isPresent();
  }

  private CompletableFuture<String> run(
      String session, String name, CompletableFuture<String> outcome) {
    return queue
        .run(
            session,
            () -> {
              started.add(name);
              return outcome;
            })
        .orElseThrow();
  }
}
