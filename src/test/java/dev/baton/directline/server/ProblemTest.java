package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  @ParameterizedTest
  @EnumSource
  void everyProblemIsExplainedInTheTableOfErrors(Problem problem) throws Exception {
    assertThat(Files.readString(Path.of("docs/errors.md")))
        .contains("| %s | %d %s |".formatted(problem.number, problem.status, problem.code));
  }
}
