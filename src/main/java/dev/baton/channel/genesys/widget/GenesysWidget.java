package dev.baton.channel.genesys.widget;

import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Settings;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.camel.Body;
import org.apache.camel.Variable;

/**
 * Makes the links to agents' widgets. Bound as {@code genesysWidget}; hubs and front ends put
 * {@link #link} into a handoff's data under {@link #attribute}.
 */
public final class GenesysWidget {
  private final Map<String, WidgetSettings> widgets;
  private final URI publicUrl;
  private final WidgetLinks links;

  private GenesysWidget(Map<String, WidgetSettings> widgets, URI publicUrl, Clock clock) {
    this.widgets = widgets;
    this.publicUrl = publicUrl;
    this.links = new WidgetLinks(clock);
  }

  /** The widgets of all front ends of type {@code genesys}. */
  public static GenesysWidget of(Settings settings, Clock clock) {
    Map<String, WidgetSettings> widgets = new TreeMap<>();
    for (ChannelSettings channel : settings.channels()) {
      WidgetSettings widget = channel.type().equals("genesys") ? WidgetSettings.of(channel) : null;
      if (widget != null) {
        widgets.put(channel.bot(), widget);
      }
    }
    return new GenesysWidget(widgets, settings.server().publicUrl(), clock);
  }

  /**
   * The link that shows a handoff to its agent, good for {@code widget.link-life}.
   *
   * @param bot configured name of the bot
   * @param handoffId {@code <conversation>:<n>}
   * @return null when the bot has no widget
   */
  public String link(String bot, String handoffId) {
    WidgetSettings widget = of(bot).orElse(null);
    return widget == null
        ? null
        : publicUrl + path(bot) + "?" + links.sign(widget, handoffId).query();
  }

  /**
   * Puts the link into the body of a hub's {@code open}, as {@code participantData}. Does nothing
   * when the bot has no widget.
   */
  public void attach(
      @Body Map<String, Object> open,
      @Variable("bot") String bot,
      @Variable("handoffId") String handoffId) {
    Map<String, String> data = data(bot, handoffId);
    if (!data.isEmpty()) {
      open.put("participantData", data);
    }
  }

  /** The link under its name, for the data that travels with a handoff; empty without widget. */
  public Map<String, String> data(String bot, String handoffId) {
    String link = link(bot, handoffId);
    return link == null ? Map.of() : Map.of(attribute(bot), link);
  }

  /** Name under which the link travels: participant data, or a parameter. Null without widget. */
  public String attribute(String bot) {
    return of(bot).map(WidgetSettings::attribute).orElse(null);
  }

  /** Whether any bot has a widget. */
  public boolean isConfigured() {
    return !widgets.isEmpty();
  }

  static String path(String bot) {
    return "/channels/genesys/" + bot + "/widget";
  }

  Optional<WidgetSettings> of(String bot) {
    return Optional.ofNullable(bot == null ? null : widgets.get(bot));
  }

  WidgetLinks links() {
    return links;
  }
}
