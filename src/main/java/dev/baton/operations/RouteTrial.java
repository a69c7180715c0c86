package dev.baton.operations;

import java.io.BufferedReader;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Registry;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * Builds the routes of a file in a context of its own that never starts them. Camel's reload stops
 * the old route before it finds out that the new one has a wrong option; a file that passed here
 * can be loaded.
 */
public final class RouteTrial {
  private static final Pattern LINE = Pattern.compile("\\bline[: ]+(\\d+)");
  private static final Pattern SYNTAX = Pattern.compile("with syntax ([A-Za-z0-9+.-]+):");
  private static final Pattern STEP = Pattern.compile("at: >>> (.*?) <<<", Pattern.DOTALL);

  private final Registry registry;
  private final Properties properties;

  /**
   * @param registry the beans that routes refer to, and configured components
   * @param properties what placeholders resolve to
   */
  public RouteTrial(Registry registry, Properties properties) {
    this.registry = registry;
    this.properties = properties;
  }

  /** What is wrong with the file; empty when it can be loaded. */
  public Optional<RouteProblem> check(Resource file) {
    return check(file, List.of());
  }

  /**
   * @param before files loaded first, for the route configurations and templates in them
   */
  public Optional<RouteProblem> check(Resource file, List<Resource> before) {
    try (DefaultCamelContext trial = new DefaultCamelContext(registry)) {
      trial.getCamelContextExtension().setName("trial");
      trial.disableJMX();
      trial.setAutoStartup(false);
      trial.setSourceLocationEnabled(true);
      trial.getPropertiesComponent().setInitialProperties(properties);
      for (Resource other : before) {
        PluginHelper.getRoutesLoader(trial).loadRoutes(other);
      }
      trial.removeRouteDefinitions(List.copyOf(trial.getRouteDefinitions()));
      return build(trial, file);
    } catch (Exception e) {
      return Optional.of(new RouteProblem(file.getLocation(), 0, reason(e)));
    }
  }

  private static Optional<RouteProblem> build(ModelCamelContext trial, Resource file) {
    try {
      PluginHelper.getRoutesLoader(trial).loadRoutes(file);
      trial.start();
      return Optional.empty();
    } catch (Exception e) {
      return Optional.of(new RouteProblem(name(file), line(trial, file, e), reason(e)));
    }
  }

  /** The path without the scheme that Camel puts before it. */
  private static String name(Resource file) {
    return file.getLocation().replaceFirst("^(file|classpath):", "");
  }

  private static int line(ModelCamelContext trial, Resource file, Exception thrown) {
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e instanceof FailedToCreateRouteException failed) {
        return lineOfStep(trial, failed);
      }
      Matcher line = LINE.matcher(String.valueOf(e.getMessage()));
      if (line.find()) {
        return Integer.parseInt(line.group(1));
      }
      Matcher syntax = SYNTAX.matcher(String.valueOf(e.getMessage()));
      if (syntax.find()) {
        return onlyLineWith("uri: " + syntax.group(1), file);
      }
    }
    return 0;
  }

  /** Camel does not say where a required option is missing; where there is one such line, we do. */
  private static int onlyLineWith(String text, Resource file) {
    int found = 0;
    int number = 0;
    try (BufferedReader reader = new BufferedReader(file.getReader())) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.replace("\"", "").strip().replaceFirst("^- ", "").equals(text)) {
          if (found > 0) {
            return 0;
          }
          found = number;
        }
      }
      return found;
    } catch (Exception e) {
      return 0; // the reason is still reported
    }
  }

  private static int lineOfStep(CamelContext trial, FailedToCreateRouteException failed) {
    RouteDefinition route = ((ModelCamelContext) trial).getRouteDefinition(failed.getRouteId());
    if (route == null) {
      return 0;
    }
    Matcher step = STEP.matcher(String.valueOf(failed.getMessage()));
    if (step.find()) {
      Stream<ProcessorDefinition> steps =
          ProcessorDefinitionHelper.filterTypeInOutputs(
              route.getOutputs(), ProcessorDefinition.class)
              .stream();
      Optional<Integer> line =
          steps
              .filter(node -> node.toString().equals(step.group(1)))
              .map(node -> node.getLineNumber())
              .filter(number -> number > 0)
              .findFirst();
      if (line.isPresent()) {
        return line.get();
      }
    }
    int ofInput = route.getInput() == null ? -1 : route.getInput().getLineNumber();
    return Math.max(0, Math.max(ofInput, route.getLineNumber()));
  }

  /** The innermost message: the outer ones repeat the whole route. */
  private static String reason(Throwable thrown) {
    String reason = thrown.toString();
    for (Throwable e = thrown; e != null; e = e.getCause()) {
      if (e.getMessage() != null && !e.getMessage().isBlank()) {
        reason = e.getMessage();
      }
    }
    return reason.strip().replaceAll("\\s*\\n\\s*", " ");
  }
}
