package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GenesysAccountTest {
  private final ManualClock clock = new ManualClock();
  private final GenesysAccount account = new GenesysAccount(300, clock);
  private final AtomicInteger fetched = new AtomicInteger();

  private GenesysAccount.Token fetch() {
    return new GenesysAccount.Token("t" + fetched.incrementAndGet(), Duration.ofHours(24));
  }

  @Test
  void aTokenIsFetchedOnceForItsLife() {
    assertThat(account.token(this::fetch)).isEqualTo("t1");
    clock.forward(Duration.ofHours(23));
    assertThat(account.token(this::fetch)).isEqualTo("t1");
  }

  @Test
  void aTokenIsRenewedAMinuteBeforeItEnds() {
    account.token(this::fetch);
    clock.forward(Duration.ofHours(24).minusSeconds(59));
    assertThat(account.token(this::fetch)).isEqualTo("t2");
  }

  @Test
  void theShortestTokensLiveForMostOfTheirTime() {
    account.token(() -> new GenesysAccount.Token("short", Duration.ofMinutes(5)));
    clock.forward(Duration.ofSeconds(239));
    assertThat(account.token(this::fetch)).isEqualTo("short");
    clock.forward(Duration.ofSeconds(2));
    assertThat(account.token(this::fetch)).isEqualTo("t1");
  }

  @Test
  void manyWhoNeedATokenFetchOne() {
    CountDownLatch go = new CountDownLatch(1);
    List<CompletableFuture<String>> all =
        IntStream.range(0, 8)
            .mapToObj(
                i ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          try {
                            go.await();
                          } catch (InterruptedException e) {
                            throw new IllegalStateException(e);
                          }
                          return account.token(this::fetch);
                        },
                        task -> new Thread(task).start()))
            .toList();
    go.countDown();
    assertThat(all).extracting(CompletableFuture::join).containsOnly("t1");
    assertThat(fetched).hasValue(1);
  }

  @Test
  void aRefusedTokenIsReplacedOnce() {
    String old = account.token(this::fetch);
    account.refused(old);
    assertThat(account.token(this::fetch)).isEqualTo("t2");
    account.refused(old); // another request that was under way with the old one
    assertThat(account.token(this::fetch)).isEqualTo("t2");
  }

  @Test
  void afterAFailedFetchTheNextOneTriesAgain() {
    assertThatThrownBy(
            () ->
                account.token(
                    () -> {
                      throw new IllegalStateException("down");
                    }))
        .hasMessage("down");
    assertThat(account.token(this::fetch)).isEqualTo("t1");
  }

  @Test
  void aTokenIsNeverPartOfAText() {
    assertThat(new GenesysAccount.Token("secret", Duration.ofSeconds(1)).toString())
        .doesNotContain("secret");
  }
}
