package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.ResourceHelper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteTrialTest {
  private static final String GOOD =
      """
      - route:
          id: hub-mine-open
          from:
            uri: direct:hub-mine-open
            steps:
              - setBody:
                  expression:
                    constant:
                      expression: "{{mine.greeting}}"
              - to:
                  uri: log
                  parameters:
                    loggerName: mine
      """;

  @Test
  void aGoodFilePasses() {
    assertThat(check(GOOD)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loggerName: mine | loggerNam: mine | 11 | loggerName is required",
        "loggerName: mine | loggerName: mine?showBodi=true | 11 | showBodi",
        "uri: log | uri: no-such-thing | 11 | no-such-thing",
        "{{mine.greeting}} | {{mine.greting}} | 7 | mine.greting",
        "- setBody: | - setBodi: | 6 | setBodi",
        "steps: | 'steps: [' | 0 | ",
      })
  void aBadFileIsRefusedWithFileLineAndReason(String good, String bad, int line, String says) {
    RouteProblem problem = check(GOOD.replace(good, bad)).orElseThrow();

    assertThat(problem.file()).endsWith("mine.camel.yaml");
    if (line > 0) {
      assertThat(problem.line()).as(problem.toString()).isBetween(line - 1, line + 1);
      assertThat(problem.reason()).contains(says);
    } else {
      assertThat(problem.line()).as(problem.toString()).isPositive();
    }
  }

  @Test
  void aTrialLeavesNothingBehind() throws Exception {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      context.start();
      new RouteTrial(context.getRegistry(), properties())
          .check(ResourceHelper.fromString("mine.camel.yaml", GOOD));

      assertThat(context.getRoutes()).isEmpty();
      assertThat(context.isStarted()).isTrue();
    }
  }

  private static Optional<RouteProblem> check(String yaml) {
    try (DefaultCamelContext context = new DefaultCamelContext()) {
      return new RouteTrial(context.getRegistry(), properties())
          .check(ResourceHelper.fromString("mine.camel.yaml", yaml));
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("mine.greeting", "hello");
    return properties;
  }
}
