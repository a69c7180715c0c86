package dev.baton.extension;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The shipped routes stay readable by visual editors and by the next versions of Camel. */
class RouteFilesTest {
  private static final Path ROUTES = Path.of("src", "main", "resources", "routes");
  private static final Path EXAMPLES = Path.of("examples");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  static List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : List.of(ROUTES, EXAMPLES)) {
      if (Files.isDirectory(folder)) {
        try (Stream<Path> paths = Files.walk(folder)) {
          paths.filter(path -> path.toString().endsWith(".camel.yaml")).forEach(files::add);
        }
      }
    }
    return files;
  }

  @ParameterizedTest
  @MethodSource("files")
  void isCanonicalYaml(Path file) throws IOException {
    try (InputStream schema =
        getClass().getResourceAsStream("/camel/camelYamlDsl-canonical.json")) {
      JsonSchema canonical =
          JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
      assertThat(canonical.validate(YAML.readTree(file.toFile())))
          .extracting(ValidationMessage::getMessage)
          // This schema wants every data format at once in an unmarshal step, which nothing can
          // satisfy.
          .filteredOn(message -> !message.matches(".*\\.unmarshal: required property .* not found"))
          .isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyRouteHasAnIdAndADescription(Path file) throws IOException {
    for (JsonNode node : YAML.readTree(file.toFile())) {
      JsonNode route = node.has("route") ? node.get("route") : node.path("routeTemplate");
      if (!route.isMissingNode()) {
        assertThat(route.path("id").asText()).as("id of a route in " + file).isNotBlank();
        assertThat(route.path("description").asText())
            .as("description of " + route.path("id").asText())
            .isNotBlank();
      }
    }
  }

  @Test
  void everyShippedFileIsLoaded() throws IOException {
    try (Stream<Path> paths = Files.list(ROUTES)) {
      assertThat(paths.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(BuiltInRoutes.FILES);
    }
  }
}
