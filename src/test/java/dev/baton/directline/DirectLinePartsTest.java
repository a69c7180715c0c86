package dev.baton.directline;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectLinePartsTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:30:00Z");

  private static Answer answer(int status, String retryAfter) {
    return new Answer(status, retryAfter, "req-1", Map.of());
  }

  @Test
  void retryAfterIsReadAsSecondsOrDate() {
    assertThat(answer(429, " 12 ").wait(NOW)).isEqualTo(Duration.ofSeconds(12));
    assertThat(answer(429, "Thu, 15 Jan 2026 09:30:30 GMT").wait(NOW))
        .isEqualTo(Duration.ofSeconds(30));
    assertThat(answer(429, "Thu, 15 Jan 2026 09:29:30 GMT").wait(NOW)).isEqualTo(Duration.ZERO);
    assertThat(answer(429, "soon").wait(NOW)).isNull();
    assertThat(answer(429, null).wait(NOW)).isNull();
  }

  @Test
  void aFailureNamesTheRequestForTheVendorsSupport() {
    assertThat(answer(500, null).failure("Posting")).hasMessageContaining("request req-1");
  }

  @Test
  void theStreamsAddressIsAcceptedAsDocumentsPrintIt() {
    assertThat(StreamUrl.forSocket("https://h/stream?watermark=-&amp;t=x"))
        .isEqualTo("wss://h/stream?watermark=-&t=x");
    assertThat(StreamUrl.forSocket("http://h/s")).isEqualTo("ws://h/s");
    assertThat(StreamUrl.forSocket("wss://h/s?t=https://x")).isEqualTo("wss://h/s?t=https://x");
  }

  @Test
  void aTokensLifeComesFromTheAnswerElseFromTheTokenElseFromTheDocuments() {
    assertThat(Grant.of(Map.of("token", "t", "expires_in", 60), NOW).expiresAt())
        .isEqualTo(NOW.plusSeconds(60));
    assertThat(Grant.of(Map.of("token", "t", "expires_in", "90"), NOW).expiresAt())
        .isEqualTo(NOW.plusSeconds(90));
    assertThat(Grant.of(Map.of("token", "t"), NOW).expiresAt()).isEqualTo(NOW.plusSeconds(1800));
    assertThat(Grant.of(Map.of("token", "t", "expires_in", "soon"), NOW).expiresAt())
        .isEqualTo(NOW.plusSeconds(1800));
    assertThat(Grant.of(Map.of(), NOW).expiresAt()).isNull();
  }

  @Test
  void regionalSettingsAreAskedAtTheTokenEndpointsHostAndVersion() {
    assertThat(
            TokenEndpoint.settingsUrl(
                URI.create(
                    "https://e.12.environment.api.powerplatform.com/p/token?a=b&api-version=v9")))
        .isEqualTo(
            "https://e.12.environment.api.powerplatform.com"
                + "/powervirtualagents/regionalchannelsettings?api-version=v9");
  }

  @Test
  void aRootIsTakenWithOrWithoutSlashAndApiPath() {
    for (String address :
        List.of(
            "https://h/p",
            "https://h/p/",
            "https://h/p/v3/directline",
            "https://h/p/v3/directline/")) {
      assertThat(TokenEndpoint.root(address)).isEqualTo("https://h/p");
    }
  }

  @Test
  void pollingIsQuickAfterAPostThenSteadyThenSlow() {
    DirectLineConfiguration configuration = new DirectLineConfiguration();
    Pace pace = new Pace(configuration, 0);
    pace.posted(0);
    assertThat(pace.next(0)).isEqualTo(300);
    assertThat(pace.next(300)).isEqualTo(1000);
    assertThat(pace.next(29_000)).isEqualTo(1000);
    assertThat(pace.next(31_000)).isEqualTo(1500);
    long last = 0;
    for (int i = 0; i < 20; i++) {
      last = pace.next(60_000);
    }
    assertThat(last).isEqualTo(10_000);
    pace.heard(100_000);
    assertThat(pace.next(100_001)).isEqualTo(1000);
  }

  @Test
  void delaysGrowUpToTheirLimit() {
    assertThat(Delays.growing(500, 30_000, 1)).isBetween(375L, 500L);
    assertThat(Delays.growing(500, 30_000, 3)).isBetween(1500L, 2000L);
    assertThat(Delays.growing(500, 30_000, 60)).isBetween(22_500L, 30_000L);
  }

  @Test
  void theGateLetsTheNextInWhenOneLeaves() {
    Gate gate = new Gate(1);
    List<String> entered = new ArrayList<>();
    Promise<Void> first = Promise.promise();
    gate.enter(
        () -> {
          entered.add("first");
          return first.future();
        });
    Future<Void> second =
        gate.enter(
            () -> {
              entered.add("second");
              return Future.failedFuture("broken");
            });
    assertThat(entered).containsExactly("first");
    first.complete();
    assertThat(entered).containsExactly("first", "second");
    assertThat(second.failed()).isTrue();
    gate.enter(
        () -> {
          entered.add("third");
          return Future.succeededFuture();
        });
    assertThat(entered).hasSize(3);
  }
}
