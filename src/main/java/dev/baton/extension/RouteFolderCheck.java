package dev.baton.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.model.ModelCamelContext;

/** Tries every file of a folder of own routes as {@link RouteFolder} would, and uses none. */
public final class RouteFolderCheck {
  private RouteFolderCheck() {}

  /**
   * Why a file would be refused.
   *
   * @param code problem code; see docs/errors.md
   * @param message file, line where known, and reason: {@code file:line: reason}
   */
  public record Refusal(String code, String message) {}

  /**
   * @param context holds what the files may refer to; need not be started
   * @param folder need not exist
   */
  public static List<Refusal> of(CamelContext context, Path folder) {
    List<Refusal> refusals = new ArrayList<>();
    Map<String, Path> owners = new HashMap<>();
    try {
      for (Path path : RouteFile.in(folder)) {
        try {
          RouteFile file =
              RouteFile.tried((ModelCamelContext) context, path, Files.readAllBytes(path));
          file.refuseIfTaken(owners);
          file.routeIds().forEach(id -> owners.put(id, path));
        } catch (RouteFileException e) {
          refusals.add(new Refusal(e.code(), e.getMessage()));
        }
      }
    } catch (IOException e) {
      refusals.add(new Refusal("BTN-4304", folder + ": cannot be read: " + e));
    }
    return refusals;
  }
}
