package dev.baton.extension;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BuiltInRoutesTest {
  @Test
  void everyRouteFileIsListed() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("src/main/resources/routes"))) {
      assertThat(BuiltInRoutes.FILES)
          .containsExactlyInAnyOrderElementsOf(
              files.map(file -> file.getFileName().toString()).toList());
    }
  }
}
