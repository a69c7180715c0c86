package dev.baton.extension;

import java.util.Collection;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.model.EndpointRequiredDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteDefinition;

/** Says in one line why a route file was refused, and where in it. */
final class Reason {
  private static final Pattern LINE = Pattern.compile("line (\\d+)");
  private static final int MAX = 400;

  private Reason() {}

  /** The innermost message that says something; Camel wraps it in the whole route. */
  static String of(Throwable failure) {
    String text = failure.toString();
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof ResolveEndpointFailedException) {
        text = t.getMessage();
      } else if (t.getCause() == null && t.getMessage() != null) {
        text = text.contains(t.getMessage()) ? text : t.getMessage();
      }
    }
    String line = text.replaceAll("\\s+", " ").strip();
    int because = line.lastIndexOf(" because: ");
    if (because >= 0) {
      line = line.substring(because + " because: ".length());
    }
    return line.length() > MAX ? line.substring(0, MAX) + "…" : line;
  }

  /** The line of the step that failed, or of its route; 0 when it is not known. */
  static int line(Throwable failure, String text, RouteDefinition route) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      // A parser names first where the block began, and last where it went wrong.
      int last = 0;
      Matcher matcher = LINE.matcher(String.valueOf(t.getMessage()));
      while (matcher.find()) {
        last = Integer.parseInt(matcher.group(1));
      }
      if (last > 0) {
        return last;
      }
    }
    if (route == null) {
      return 0;
    }
    String message = String.valueOf(failure.getMessage());
    Collection<ProcessorDefinition> steps =
        ProcessorDefinitionHelper.filterTypeInOutputs(
            route.getOutputs(), ProcessorDefinition.class);
    for (ProcessorDefinition<?> step : steps) {
      boolean failed =
          message.contains(">>> " + step + " <<<")
              || (step instanceof EndpointRequiredDefinition to
                  && message.contains("[" + to.getEndpointUri() + "]"));
      // The step of a template stands in the template's file.
      if (failed && step.getLineNumber() > 0 && step.getLineNumber() <= text.lines().count()) {
        return step.getLineNumber();
      }
    }
    if (route.getLineNumber() > 0) {
      return route.getLineNumber();
    }
    int at = text.indexOf("id: " + route.getRouteId());
    return at < 0 ? 0 : (int) text.substring(0, at).lines().count();
  }
}
