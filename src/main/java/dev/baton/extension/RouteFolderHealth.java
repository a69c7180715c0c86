package dev.baton.extension;

import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Shows refused files of own routes in the readiness report. It stays UP: what ran before goes on
 * running, and taking the node out would make a typing error an outage.
 */
final class RouteFolderHealth extends AbstractHealthCheck {
  private final RouteFolder folder;

  RouteFolderHealth(RouteFolder folder) {
    super("baton", "own-routes");
    this.folder = folder;
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    folder.problems().forEach((path, problem) -> builder.detail(path.toString(), problem));
    if (!folder.problems().isEmpty()) {
      builder.message(folder.problems().size() + " file(s) of own routes are refused");
    }
    builder.up();
  }
}
