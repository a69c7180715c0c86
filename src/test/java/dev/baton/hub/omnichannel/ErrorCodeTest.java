package dev.baton.hub.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorCodeTest {
  @ParameterizedTest
  @CsvSource({
    "30001, SETUP",
    "30002, SETUP",
    "30003, SETUP",
    "30004, SETUP",
    "30005, GONE",
    "30006, REFUSED",
    "30007, REFUSED",
    "30008, REFUSED",
    "30009, REFUSED",
    "30010, FEWER_ENTRIES",
    "30011, REFUSED",
    "30012, REFUSED",
    "30013, GONE",
    "30014, SETUP",
    "30015, AGAIN",
    "30016, REFUSED"
  })
  void everyDocumentedCodeSaysWhatTheCoreDoesNext(int code, ErrorCode.Then then) {
    assertThat(ErrorCode.of(code)).map(ErrorCode::then).contains(then);
    assertThat(ErrorCode.of(code)).map(ErrorCode::code).contains(code);
  }

  @Test
  void otherCodesAreNotGuessed() {
    assertThat(ErrorCode.of(30017)).isEmpty();
    assertThat(ErrorCode.of(null)).isEmpty();
    assertThat(ErrorCode.values()).hasSize(16);
  }
}
