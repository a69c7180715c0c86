package dev.baton.hub.genesys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.hub.HubSignature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenesysSignatureTest {
  private static final byte[] BODY =
      "The quick brown fox jumps over the lazy dog".getBytes(StandardCharsets.UTF_8);

  /** The well-known vector of HMAC-SHA256 for key "key". */
  private static final String VECTOR = "sha256=97yD9DBThCSxMpjmqm+xQ+9NWaFJRhdZl0edvC0aPNg=";

  @Test
  void theSignatureIsTheBase64OfTheHmac() {
    assertThat(GenesysSignature.sign("key", BODY)).isEqualTo(VECTOR);
    assertThat(GenesysSignature.verify(List.of("key"), BODY, VECTOR)).isTrue();
  }

  @Test
  void hexadecimalIsNotAccepted() {
    String hex = HubSignature.sign("key", BODY);
    assertThat(GenesysSignature.verify(List.of("key"), BODY, hex)).isFalse();
  }

  @Test
  void anyOfSeveralKeysFits() {
    assertThat(GenesysSignature.verify(List.of("new", "key"), BODY, VECTOR)).isTrue();
    assertThat(GenesysSignature.verify(List.of("key", "new"), BODY, VECTOR)).isTrue();
    assertThat(GenesysSignature.verify(List.of("new"), BODY, VECTOR)).isFalse();
  }

  @Test
  void everyByteOfTheRawBodyCounts() {
    byte[] spaced = "{ }".getBytes(StandardCharsets.UTF_8);
    byte[] dense = "{}".getBytes(StandardCharsets.UTF_8);
    String signature = GenesysSignature.sign("key", spaced);
    assertThat(GenesysSignature.verify(List.of("key"), dense, signature)).isFalse();
  }

  @Test
  void missingAndBrokenSignaturesAreRefused() {
    for (String header : new String[] {null, "", "sha256=", "sha256=%%", VECTOR.substring(7)}) {
      assertThat(GenesysSignature.verify(List.of("key"), BODY, header)).isFalse();
    }
    assertThat(GenesysSignature.verify(List.of(), BODY, VECTOR)).isFalse();
  }
}
