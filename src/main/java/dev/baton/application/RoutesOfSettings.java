package dev.baton.application;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes routes from the shipped templates: one {@code bot-<name>-receive} for every bot, and for
 * every hub {@code hub-<name>-<operation>} from each template {@code hub-<type>-<operation>} of its
 * type, and likewise {@code channel-<type>-<bot>-<operation>} for every front end.
 */
final class RoutesOfSettings {
  private static final Logger LOG = LoggerFactory.getLogger(RoutesOfSettings.class);

  /** Types that are another one with some operations of their own. */
  private static final Map<String, String> VARIANTS =
      Map.of("servicenow-custom", "servicenow", "omnichannel-direct-line", "omnichannel");

  private RoutesOfSettings() {}

  static void add(ModelCamelContext camel, Settings settings) {
    for (BotSettings bot : settings.bots().values()) {
      TemplatedRouteBuilder.builder(camel, "bot-receive")
          .routeId("bot-" + bot.name() + "-receive")
          .parameter("bot", bot.name())
          .parameter("events", String.join(",", bot.handoffEvents()))
          .add();
    }
    List<String> templates =
        camel.getRouteTemplateDefinitions().stream().map(RouteTemplateDefinition::getId).toList();
    for (ChannelSettings channel : settings.channels()) {
      String prefix = "channel-" + channel.type() + "-";
      for (String template : templates) {
        if (template.startsWith(prefix) && channel.takesCalls()) {
          TemplatedRouteBuilder.builder(camel, template)
              .routeId(prefix + channel.bot() + "-" + template.substring(prefix.length()))
              .parameter("bot", channel.bot())
              .add();
        }
      }
    }
    for (HubSettings hub : settings.hubs().values()) {
      Map<String, String> own = ofType(templates, templatesOf(hub));
      if (own.isEmpty()) {
        LOG.info("Hub {} is made of your own routes direct:hub-{}-…", hub.name(), hub.name());
      }
      for (Map.Entry<String, String> operation : own.entrySet()) {
        TemplatedRouteBuilder.builder(camel, operation.getValue())
            .routeId("hub-" + hub.name() + "-" + operation.getKey())
            .parameter("hub", hub.name())
            .add();
      }
    }
  }

  /** The type whose templates a hub has: where a type has several ways, that of the way. */
  static String templatesOf(HubSettings hub) {
    String way = hub.properties().get("way");
    String variant = hub.type() + "-" + way;
    return way != null && VARIANTS.containsKey(variant) ? variant : hub.type();
  }

  /**
   * The templates of a type, by operation: its own, and of the type that it is a variant of those
   * that it has not. {@code hub-servicenow-custom-request} is no operation {@code custom-request}
   * of type {@code servicenow}.
   */
  static Map<String, String> ofType(List<String> templates, String type) {
    Map<String, String> own = new TreeMap<>();
    String base = VARIANTS.get(type);
    if (base != null) {
      own.putAll(ofType(templates, base));
    }
    List<String> others =
        VARIANTS.keySet().stream()
            .filter(variant -> variant.startsWith(type + "-"))
            .map(RoutesOfSettings::prefix)
            .toList();
    templates.stream()
        .filter(id -> id.startsWith(prefix(type)) && others.stream().noneMatch(id::startsWith))
        .forEach(id -> own.put(id.substring(prefix(type).length()), id));
    return own;
  }

  private static String prefix(String type) {
    return "hub-" + type + "-";
  }
}
