package dev.baton.channel.servicenow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.baton.channel.turn.TurnRules;
import dev.baton.configuration.RelaySettings;
import dev.baton.configuration.Secret;
import io.vertx.core.MultiMap;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RelayRequestTest {
  private static final Secret BOT = new Secret("the-bots");

  private static RelaySettings settings(Secret secret, boolean passThrough, String... exclude) {
    return new RelaySettings(
        "it",
        "https://d.example/v3/directline",
        secret,
        List.of(new Secret("own")),
        "authorization",
        passThrough,
        Duration.ofSeconds(20),
        Duration.ofSeconds(100),
        0,
        Set.of(exclude),
        false,
        TurnRules.defaults());
  }

  private static MultiMap headers(String... more) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("conversationid", "c");
    for (int i = 0; i < more.length; i += 2) {
      headers.add(more[i], more[i + 1]);
    }
    return headers;
  }

  @Test
  void aSecretOfTheFrontEndsOwnOpensTheBotsConversations() {
    RelayRequest request = RelayRequest.of(headers("dlsecret", "own"), settings(BOT, false));

    assertThat(request.credential()).isEqualTo("the-bots");
  }

  @Test
  void anUnknownSecretIsPassedThroughOnlyWhenConfiguredSo() {
    MultiMap headers = headers("Authorization", "Bearer somebody's");

    assertThat(RelayRequest.of(headers, settings(null, true)).credential()).isEqualTo("somebody's");
    assertThat(RelayRequest.of(headers, settings(BOT, true)).credential()).isEqualTo("somebody's");
    for (Secret secret : new Secret[] {BOT, null}) {
      assertThatThrownBy(() -> RelayRequest.of(headers, settings(secret, false)))
          .isInstanceOfSatisfying(
              RelayProblem.class, problem -> assertThat(problem.status()).isEqualTo(403));
    }
  }

  @Test
  void oneRightSecretAmongTwoIsEnough() {
    MultiMap headers = headers("authorization", "Bearer stale", "dlsecret", "the-bots");

    assertThat(RelayRequest.of(headers, settings(BOT, false)).credential()).isEqualTo("the-bots");
  }

  @ParameterizedTest
  @CsvSource({
    ", 20000",
    "2000, 2000",
    "2000.0, 2000",
    "' 1500 ', 1500",
    "0, 0",
    "999999999, 100000",
  })
  void theWaitTimeIsTakenUpToTheLimit(String given, long millis) {
    MultiMap headers = headers("dlsecret", "the-bots");
    if (given != null) {
      headers.add("waittime", given);
    }

    assertThat(RelayRequest.of(headers, settings(BOT, false)).bound())
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2s", "1e9", "99999999999"})
  void aWaitTimeThatIsNoneIsRefused(String given) {
    MultiMap headers = headers("dlsecret", "the-bots", "waittime", given);

    assertThatThrownBy(() -> RelayRequest.of(headers, settings(BOT, false)))
        .hasMessageContaining("waittime");
  }

  @Test
  void anEmptyWatermarkIsTheStartAndAnOpaqueOneStaysAsItIs() {
    RelaySettings settings = settings(BOT, false);

    assertThat(RelayRequest.of(headers("dlsecret", "own", "watermark", " "), settings).watermark())
        .isNull();
    assertThat(
            RelayRequest.of(headers("dlsecret", "own", "watermark", "0000a-42"), settings)
                .watermark())
        .isEqualTo("0000a-42");
  }

  @Test
  void whatIsLeftOutIsConfiguredAndAskedFor() {
    MultiMap headers = headers("dlsecret", "own", "exclude", "Own , other");

    assertThat(RelayRequest.of(headers, settings(BOT, false, "trace")).exclude())
        .contains("own", "trace");
  }

  @Test
  void theRequestNeverShowsItsSecret() {
    RelayRequest request = RelayRequest.of(headers("dlsecret", "own"), settings(BOT, false));

    assertThat(request).asString().isEqualTo("RelayRequest[c]");
  }
}
