package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.Settings;
import dev.baton.extension.RouteFolderCheck.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteCheckTest {
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
              - bean:
                  ref: customerMessage
                  method: parts
              - to:
                  uri: log
                  parameters:
                    loggerName: mine
      """;

  @TempDir Path folder;

  @Test
  void goodRoutesPassAndTheStoreStaysUntouched() throws Exception {
    write("mine", GOOD);

    assertThat(refusals()).isEmpty();
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void withoutAFolderThereIsNothingToRefuse() throws Exception {
    assertThat(refusals()).isEmpty();
  }

  @Test
  void badRoutesAreRefusedWithFileLineAndReason() throws Exception {
    write("a", GOOD.replace("loggerName: mine", "loggerName: mine?showBodi=true"));
    write("b", GOOD.replace("- setBody:", "- setBodi:"));
    write("c", GOOD.replace("hub-mine-open", "other").replace("mine.greeting", "mine.greting"));

    assertThat(refusals())
        .extracting(Refusal::message)
        .satisfiesExactly(
            a -> assertThat(a).contains("a.camel.yaml:1").contains("showBodi"),
            b -> assertThat(b).contains("b.camel.yaml:").contains("setBodi"),
            c -> assertThat(c).contains("c.camel.yaml:").contains("mine.greting"));
  }

  @Test
  void twoFilesMayNotHoldOneRoute() throws Exception {
    write("a", GOOD);
    write("b", GOOD);

    assertThat(refusals())
        .singleElement()
        .satisfies(
            refusal -> {
              assertThat(refusal.code()).isEqualTo("BTN-4306");
              assertThat(refusal.message()).contains("b.camel.yaml").contains("hub-mine-open");
            });
  }

  private List<Refusal> refusals() throws Exception {
    return RouteCheck.refusals(
        Settings.of(
            Map.of(
                "baton.routes.folder", folder.resolve("routes").toString(),
                "baton.data", folder.resolve("data").toString(),
                "baton.bots.shop.secret", "s3cr3t-1",
                "baton.hubs.mine.type", "routes",
                "baton.hubs.desk.type", "desk",
                "mine.greeting", "hello")));
  }

  private void write(String name, String yaml) throws IOException {
    Files.createDirectories(folder.resolve("routes"));
    Files.writeString(folder.resolve("routes").resolve(name + ".camel.yaml"), yaml);
  }
}
