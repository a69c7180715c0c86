package dev.baton.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.model.ModelCamelContext;

/** Tries all files of a folder of own routes without putting them in. */
public final class RouteFolderCheck {
  private static final String SUFFIX = ".camel.yaml";

  private RouteFolderCheck() {}

  /**
   * @param code {@code BTN-43nn}
   * @param message file, line where there is one, and reason
   */
  public record Refusal(String code, String message) {}

  /**
   * @param real knows the beans, properties and templates; need not be started
   * @param folder need not exist
   * @return why files would be refused; empty when none would
   */
  public static List<Refusal> of(ModelCamelContext real, Path folder) throws IOException {
    List<Refusal> refusals = new ArrayList<>();
    Map<String, Path> owners = new HashMap<>();
    for (Path path : files(folder)) {
      try {
        RouteFile file = RouteFile.tried(real, path, Files.readAllBytes(path));
        for (String id : file.routeIds()) {
          Path other = owners.putIfAbsent(id, path);
          if (other != null) {
            refusals.add(
                new Refusal(
                    "BTN-4306", path + ": the route " + id + " stands in " + other + " already"));
          }
        }
      } catch (RouteFileException e) {
        refusals.add(new Refusal(e.code(), e.getMessage()));
      }
    }
    return refusals;
  }

  private static List<Path> files(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths
          .filter(path -> path.getFileName().toString().endsWith(SUFFIX))
          .filter(path -> !path.getFileName().toString().startsWith("."))
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }
}
