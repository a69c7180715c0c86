package dev.baton.extension;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/**
 * A route file that the trial has passed.
 *
 * @param path the file
 * @param routeIds ids of the routes that it defines
 * @param resource its content at that moment; a later change of the file does not show
 */
record RouteFile(Path path, Set<String> routeIds, Resource resource) {

  private static final String SUFFIX = ".camel.yaml";

  /** The route files of a folder, by name; none when there is no folder. */
  static List<Path> in(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> paths = Files.list(folder)) {
      return paths.filter(RouteFile::isRouteFile).sorted().toList();
    }
  }

  private static boolean isRouteFile(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(SUFFIX) && !name.startsWith(".") && Files.isRegularFile(path);
  }

  /**
   * @param owners files by the ids of the routes that they define
   * @throws RouteFileException when another file defines one of this file's routes
   */
  void refuseIfTaken(Map<String, Path> owners) throws RouteFileException {
    for (String id : routeIds) {
      Path owner = owners.get(id);
      if (owner != null && !owner.equals(path)) {
        throw new RouteFileException(
            RouteFileException.TAKEN,
            path + ": the route " + id + " stands in " + owner + " already",
            null);
      }
    }
  }

  /**
   * Tries a file.
   *
   * @throws RouteFileException when it cannot be used, with file, line and reason
   */
  static RouteFile tried(ModelCamelContext real, Path path, byte[] content)
      throws RouteFileException {
    Resource resource = ResourceHelper.fromBytes("file:" + path, content);
    try (DefaultCamelContext trial = TrialContext.of(real)) {
      try {
        PluginHelper.getRoutesLoader(trial).loadRoutes(resource);
      } catch (Exception e) {
        throw refused("BTN-4301", path, new String(content, StandardCharsets.UTF_8), trial, e);
      }
      Set<String> ids = ids(path, trial.getRouteDefinitions());
      try {
        trial.start();
      } catch (Exception e) {
        throw refused("BTN-4302", path, new String(content, StandardCharsets.UTF_8), trial, e);
      }
      return new RouteFile(path, ids, resource);
    } catch (RouteFileException e) {
      throw e;
    } catch (Exception e) {
      throw new RouteFileException("BTN-4301", path + ": " + Reason.of(e), e);
    }
  }

  private static Set<String> ids(Path path, List<RouteDefinition> routes)
      throws RouteFileException {
    Set<String> ids = new LinkedHashSet<>();
    for (RouteDefinition route : routes) {
      if (route.getRouteId() == null || !route.hasCustomIdAssigned()) {
        throw new RouteFileException(
            "BTN-4303",
            path
                + ":"
                + route.getLineNumber()
                + ": give the route an id, so that it can be"
                + " reloaded",
            null);
      }
      if (!ids.add(route.getRouteId())) {
        throw new RouteFileException(
            "BTN-4303", path + ": the route id " + route.getRouteId() + " stands twice", null);
      }
    }
    return ids;
  }

  private static RouteFileException refused(
      String code, Path path, String text, DefaultCamelContext trial, Exception e) {
    String routeId = null;
    for (Throwable t = e; t != null && routeId == null; t = t.getCause()) {
      routeId = t instanceof FailedToCreateRouteException failed ? failed.getRouteId() : null;
    }
    int line = Reason.line(e, text, routeId == null ? null : trial.getRouteDefinition(routeId));
    String where = line > 0 ? path + ":" + line : path.toString();
    return new RouteFileException(code, where + ": " + Reason.of(e), e);
  }
}
