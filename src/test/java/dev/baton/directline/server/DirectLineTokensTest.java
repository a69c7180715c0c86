package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectLineTokensTest {
  private static final Instant NOW = Instant.parse("2026-01-15T09:30:00Z");
  private static final Duration LIFE = Duration.ofMinutes(30);
  private static final Scope SCOPE = new Scope("helpdesk", "c1", "dl_1");

  private static byte[] key(char filler) {
    return String.valueOf(filler).repeat(32).getBytes(StandardCharsets.US_ASCII);
  }

  private static DirectLineTokens at(Instant now, char... fillers) {
    List<byte[]> keys = new String(fillers).chars().mapToObj(filler -> key((char) filler)).toList();
    return new DirectLineTokens(keys, Clock.fixed(now, ZoneOffset.UTC));
  }

  private static DirectLineException refusal(DirectLineTokens tokens, String token) {
    return catchThrowableOfType(DirectLineException.class, () -> tokens.verify(token));
  }

  @Test
  void aTokenTellsWhatItWasMadeFor() {
    String token = at(NOW, 'a').issue(SCOPE, LIFE);
    assertThat(at(NOW, 'a').verify(token)).isEqualTo(SCOPE);
    assertThat(DirectLineTokens.looksLikeToken(token)).isTrue();
  }

  @Test
  void aTokenExpiresExactlyAtItsEnd() {
    String token = at(NOW, 'a').issue(SCOPE, LIFE);
    assertThat(at(NOW.plus(LIFE).minusMillis(1), 'a').verify(token)).isEqualTo(SCOPE);
    DirectLineException refusal = refusal(at(NOW.plus(LIFE), 'a'), token);
    assertThat(refusal.status()).isEqualTo(403);
    assertThat(refusal.code()).isEqualTo("TokenExpired");
  }

  @Test
  void anOldKeyIsAcceptedWhileItIsListed() {
    String token = at(NOW, 'a').issue(SCOPE, LIFE);
    assertThat(at(NOW, 'b', 'a').verify(token)).isEqualTo(SCOPE);
    assertThat(refusal(at(NOW, 'b'), token).code()).isEqualTo("BadArgument");
  }

  @Test
  void aChangedTokenIsRefused() {
    String token = at(NOW, 'a').issue(SCOPE, LIFE);
    String[] parts = token.split("\\.", -1);
    String other = at(NOW, 'a').issue(new Scope("helpdesk", "c2", null), LIFE);
    String mixed = parts[0] + "." + other.split("\\.", -1)[1] + "." + parts[2];
    assertThat(refusal(at(NOW, 'a'), mixed).status()).isEqualTo(403);
    assertThat(refusal(at(NOW, 'a'), "eyJhbGciOiJub25lIn0." + parts[1] + ".").status())
        .isEqualTo(403);
    assertThat(refusal(at(NOW, 'a'), "ey.ey.ey").status()).isEqualTo(403);
  }

  @Test
  void aStreamPassOpensOnlyTheStream() {
    DirectLineTokens tokens = at(NOW, 'a');
    String pass = tokens.issueForStream(SCOPE, LIFE);
    assertThat(tokens.verifyForStream(pass)).isEqualTo(SCOPE);
    assertThat(refusal(tokens, pass).status()).isEqualTo(403);
  }

  @Test
  void aShortKeyIsNotAccepted() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DirectLineTokens(List.of(new byte[31]), Clock.systemUTC()));
  }
}
