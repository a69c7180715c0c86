package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Bean {@code genesysDiscovery}: what Digital Bot Connector asks about the bot. */
public final class GenesysDiscovery {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PROVIDER = "Baton";

  private final Map<String, GenesysBot> bots;
  private final SeenVariables seen;

  GenesysDiscovery(Map<String, GenesysBot> bots, SeenVariables seen) {
    this.bots = bots;
    this.seen = seen;
  }

  /** All bots of the integration: this one. Variable {@code bot} names it. */
  public void list(Exchange exchange) {
    Map<String, Object> listing = new LinkedHashMap<>();
    listing.put("entities", List.of(one(exchange.getVariable("bot", String.class))));
    listing.put("pageSize", 1);
    listing.put("pageNumber", 1);
    listing.put("total", 1);
    listing.put("pageCount", 1);
    exchange.getMessage().setBody(listing);
  }

  /**
   * One bot; header {@code botId} names it.
   *
   * @throws GenesysProblem when it is another one
   */
  public void find(Exchange exchange) {
    String bot = exchange.getVariable("bot", String.class);
    String asked = exchange.getMessage().getHeader("botId", String.class);
    if (!bots.get(bot).declaration().id().equals(asked)) {
      throw new GenesysProblem(
          404, "BTN-1156", "Unknown bot", "The only bot here is the one that the list names.");
    }
    exchange.getMessage().setBody(one(bot));
  }

  /** What was seen in handoffs is declared, too; from then on it may be an entity. */
  private Map<?, ?> one(String name) {
    GenesysBot bot = bots.get(name);
    if (bot.settings().flag("seen-slots")) {
      Map<String, SlotType> known = seen.seen(name);
      seen.announce(name, known);
      bot = bot.with(known);
    }
    return JSON.convertValue(bot.declaration().forDiscovery(PROVIDER), LinkedHashMap.class);
  }
}
