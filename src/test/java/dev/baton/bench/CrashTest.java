package dev.baton.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code bench/crash}. */
class CrashTest {

  @Test
  void nothingIsLostDoubledOrReorderedWhenBatonIsKilled(@TempDir Path folder) throws Exception {
    CrashReport report = new CrashRun(new CrashRun.Options(3, 60, 12, 20, 7)).run(folder);

    assertThat(report.kills()).isEqualTo(3);
    assertThat(report.tallies()).allSatisfy(tally -> assertThat(tally.lines()).isPositive());
    assertThat(report.isClean()).as(report.table()).isTrue();
  }
}
