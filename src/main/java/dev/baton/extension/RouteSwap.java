package dev.baton.extension;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.support.PluginHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts tried route files into the running context and takes them out again. A route that takes the
 * id of a built-in one, template-made ones included, replaces it; taken out, the built-in comes
 * back. Whatever is in flight in a route that is replaced is finished first.
 */
final class RouteSwap {
  private static final Logger LOG = LoggerFactory.getLogger(RouteSwap.class);

  private final ModelCamelContext context;

  /** Built-in routes that a user's route stands in for, by id. */
  private final Map<String, RouteDefinition> replaced = new TreeMap<>();

  RouteSwap(ModelCamelContext context) {
    this.context = context;
  }

  /**
   * Puts a file's routes in.
   *
   * @param before ids of the routes that the file defined until now
   * @throws Exception when the running context refuses it; everything is then as before
   */
  void put(RouteFile file, Set<String> before) throws Exception {
    Map<String, RouteDefinition> old = new LinkedHashMap<>();
    for (String id : file.routeIds()) {
      RouteDefinition definition = context.getRouteDefinition(id);
      if (definition != null) {
        old.put(id, definition);
      }
    }
    try {
      // Not updateRoutes: that leaves out what a file makes from a template.
      for (String id : old.keySet()) {
        takeOut(id);
      }
      PluginHelper.getRoutesLoader(context).loadRoutes(file.resource());
    } catch (Exception e) {
      for (String id : file.routeIds()) {
        takeOut(id);
      }
      old.values().forEach(this::bringBack);
      throw e;
    }
    old.forEach(
        (id, definition) -> {
          if (!before.contains(id)) {
            replaced.put(id, definition);
            LOG.info("Route {} replaces the built-in one", id);
          }
        });
    List<String> gone = new ArrayList<>(before);
    gone.removeAll(file.routeIds());
    remove(gone);
  }

  /** Takes routes out and brings back the built-in ones that they stood in for. */
  void remove(Iterable<String> ids) throws Exception {
    for (String id : ids) {
      takeOut(id);
      RouteDefinition builtIn = replaced.remove(id);
      if (builtIn != null) {
        bringBack(builtIn);
        LOG.info("The built-in route {} is back", id);
      }
    }
  }

  private void takeOut(String id) throws Exception {
    if (context.getRoute(id) != null) {
      context.getRouteController().stopRoute(id);
      context.removeRoute(id);
    } else if (context.getRouteDefinition(id) != null) {
      context.removeRouteDefinition(context.getRouteDefinition(id));
    }
  }

  private void bringBack(RouteDefinition definition) {
    try {
      if (context.getRoute(definition.getRouteId()) == null) {
        definition.markUnprepared();
        context.addRouteDefinition(definition);
      }
    } catch (Exception e) {
      LOG.error("BTN-4305 Route {} could not be brought back", definition.getRouteId(), e);
    }
  }
}
