package dev.baton.extension;

import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;

/**
 * The route files that Baton ships, in the order in which they are loaded. They are listed by name
 * because a wildcard would walk through the whole jar at every start.
 */
public final class BuiltInRoutes {
  /** File names in {@code classpath:routes/}. */
  public static final List<String> FILES =
      List.of(
          "bot.camel.yaml",
          "channel-genesys.camel.yaml",
          "channel-omnichannel.camel.yaml",
          "channels.camel.yaml",
          "handoff.camel.yaml",
          "hub-desk.camel.yaml",
          "hub-events.camel.yaml",
          "hub-genesys.camel.yaml",
          "hub-http.camel.yaml",
          "hub-omnichannel-direct-line.camel.yaml",
          "hub-omnichannel.camel.yaml",
          "hub-servicenow-custom.camel.yaml",
          "hub-servicenow.camel.yaml");

  private BuiltInRoutes() {}

  /** Loads all of them into a context. */
  public static void load(CamelContext context) throws Exception {
    Resource[] resources =
        FILES.stream()
            .map(
                file ->
                    PluginHelper.getResourceLoader(context)
                        .resolveResource("classpath:routes/" + file))
            .toArray(Resource[]::new);
    PluginHelper.getRoutesLoader(context).loadRoutes(resources);
  }
}
