package dev.baton.operations.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

  @ParameterizedTest
  @CsvSource({
    "https://Baton.example.com/a, https://baton.example.com:443/a/",
    "https://baton.example.com/a?secret=1, https://baton.example.com/a",
    "http://127.0.0.1:8080/a, http://localhost:8080/a",
    "http://[::1]:8080/a, http://localhost:8080/a"
  })
  void theSamePlaceMayBeWrittenDifferently(String one, String other) {
    assertThat(Addresses.same(one, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "https://baton.example.com/a, http://baton.example.com/a",
    "https://baton.example.com/a, https://baton.example.com/A",
    "https://baton.example.com/a, https://baton.example.com:8443/a",
    "https://127.0.0.1.example.com/a, https://localhost.example.com/a",
    "'', https://baton.example.com/a"
  })
  void anotherPlaceIsAnotherPlace(String one, String other) {
    assertThat(Addresses.same(one, other)).isFalse();
  }

  @Test
  void whatIsShownHoldsNoSecret() {
    assertThat(Addresses.shown("https://u:p@baton.example.com/a?secret=1"))
        .isEqualTo("https://baton.example.com/a");
    assertThat(Addresses.shown("https://u:p@bad host/a?secret=1")).doesNotContain("u:p", "secret");
    assertThat(Addresses.shown(" ")).isEqualTo("(empty)");
  }
}
