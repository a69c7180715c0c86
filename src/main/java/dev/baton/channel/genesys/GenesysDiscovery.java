package dev.baton.channel.genesys;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;

/** Bean {@code genesysDiscovery}: what Digital Bot Connector asks about the bot. */
public final class GenesysDiscovery {
  private static final com.fasterxml.jackson.databind.ObjectMapper JSON =
      new com.fasterxml.jackson.databind.ObjectMapper();
  private static final String PROVIDER = "Baton";

  private final Map<String, GenesysBot> bots;

  GenesysDiscovery(Map<String, GenesysBot> bots) {
    this.bots = bots;
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

  private Map<?, ?> one(String bot) {
    return JSON.convertValue(
        bots.get(bot).declaration().forDiscovery(PROVIDER), LinkedHashMap.class);
  }
}
