package dev.baton.application;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.util.List;
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
        if (template.startsWith(prefix)) {
          TemplatedRouteBuilder.builder(camel, template)
              .routeId(prefix + channel.bot() + "-" + template.substring(prefix.length()))
              .parameter("bot", channel.bot())
              .add();
        }
      }
    }
    for (HubSettings hub : settings.hubs().values()) {
      String prefix = prefix(hub.type());
      List<String> own = ofType(templates, hub.type());
      if (own.isEmpty()) {
        LOG.info("Hub {} is made of your own routes direct:hub-{}-…", hub.name(), hub.name());
      }
      for (String template : own) {
        TemplatedRouteBuilder.builder(camel, template)
            .routeId("hub-" + hub.name() + "-" + template.substring(prefix.length()))
            .parameter("hub", hub.name())
            .add();
      }
    }
  }

  /**
   * The templates of exactly this type. {@code hub-a-b-open} could be the operation {@code b-open}
   * of type {@code a} or {@code open} of type {@code a-b}: since every type has {@code open}, the
   * longest type that has one counts.
   */
  static List<String> ofType(List<String> templates, String type) {
    List<String> longer =
        templates.stream()
            .filter(id -> id.startsWith(prefix(type)) && id.endsWith("-open"))
            .map(id -> id.substring(0, id.length() - "open".length()))
            .filter(prefix -> prefix.length() > prefix(type).length())
            .toList();
    return templates.stream()
        .filter(id -> id.startsWith(prefix(type)) && longer.stream().noneMatch(id::startsWith))
        .toList();
  }

  private static String prefix(String type) {
    return "hub-" + type + "-";
  }
}
