package dev.baton.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpeningHoursTest {
  private static final OpeningHours OFFICE =
      OpeningHours.of(
          "Mon-Fri 09:00-12:00, Mon-Thu 13:00-17:30, fri 22:00-02:00, Sun 08:00-24:00",
          "Europe/Berlin",
          List.of("2026-12-25"));

  private static Instant berlin(String time) {
    return LocalDateTime.parse(time).atZone(ZoneId.of("Europe/Berlin")).toInstant();
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T09:00, true", // a Friday
    "2026-11-20T08:59:59, false",
    "2026-11-20T11:59:59, true",
    "2026-11-20T12:00, false",
    "2026-11-20T13:30, false",
    "2026-11-19T17:29, true",
    "2026-11-20T23:00, true",
    "2026-11-21T01:59, true",
    "2026-11-21T02:00, false",
    "2026-11-22T23:59:59, true",
    "2026-11-23T00:00, false",
    "2026-12-25T10:00, false"
  })
  void openMeansWithinASpanAndOnNoHoliday(String time, boolean open) {
    assertThat(OFFICE.isOpen(berlin(time))).isEqualTo(open);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-20T12:00, 2026-11-20T22:00",
    "2026-11-20T08:00, 2026-11-20T09:00",
    "2026-11-21T02:00, 2026-11-22T08:00",
    "2026-12-24T18:00, 2026-12-27T08:00"
  })
  void theNextOpeningIsTold(String time, String next) {
    assertThat(OFFICE.nextOpening(berlin(time))).contains(berlin(next));
  }

  @Test
  void withoutHoursOnlyHolidaysAreClosed() {
    OpeningHours always = OpeningHours.of(null, null, List.of("2026-12-25"));
    assertThat(always.isOpen(Instant.parse("2026-12-24T23:59:59Z"))).isTrue();
    assertThat(always.isOpen(Instant.parse("2026-12-25T12:00:00Z"))).isFalse();
    assertThat(always.nextOpening(Instant.parse("2026-12-25T12:00:00Z")))
        .contains(Instant.parse("2026-12-26T00:00:00Z"));
  }

  @Test
  void theClockChangeKeepsTheHours() {
    OpeningHours hours = OpeningHours.of("Mon-Sun 09:00-17:00", "Europe/Berlin", List.of());
    assertThat(hours.isOpen(Instant.parse("2026-03-28T08:00:00Z"))).isTrue(); // winter: 9:00
    assertThat(hours.isOpen(Instant.parse("2026-03-29T07:00:00Z"))).isTrue(); // summer: 9:00
    assertThat(hours.isOpen(Instant.parse("2026-03-29T15:00:00Z"))).isFalse();
  }

  @Test
  void aWeekMayTurnOverTheWeekend() {
    OpeningHours hours = OpeningHours.of("Sat-Mon 10:00-11:00", "UTC", List.of());
    assertThat(hours.isOpen(Instant.parse("2026-11-23T10:30:00Z"))).isTrue(); // a Monday
    assertThat(hours.isOpen(Instant.parse("2026-11-24T10:30:00Z"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"always", "Mon 9-17", "Mon 09:00-09:00", "Mon 09:60-10:00", "Mon 09:00-25:00"})
  void whatCannotBeReadIsNamed(String hours) {
    assertThatThrownBy(() -> OpeningHours.of(hours, null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'");
  }

  @Test
  void zoneAndDateAreCheckedToo() {
    assertThatThrownBy(() -> OpeningHours.of(null, "Berlin", List.of()))
        .hasMessageContaining("no time zone");
    assertThatThrownBy(() -> OpeningHours.of(null, null, List.of("25.12.")))
        .hasMessageContaining("no date");
  }

  @Property
  void whatOpensNextIsOpenThenAndClosedJustBefore(
      @ForAll @IntRange(max = 60 * 24 * 60) int minute) {
    Instant at = Instant.parse("2026-11-01T00:00:00Z").plusSeconds(minute * 60L);
    OFFICE
        .nextOpening(at)
        .ifPresent(
            next -> {
              assertThat(next).isAfter(at);
              assertThat(OFFICE.isOpen(next)).isTrue();
            });
  }
}
