package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.configuration.ChannelSettings;
import dev.baton.configuration.Settings;
import dev.baton.operations.Administration;
import dev.baton.operations.AdministrationException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionException;

/**
 * The bot list of a Bot Connector integration: what Baton has to say, what Genesys has, and how one
 * becomes the other. Importing replaces the list, so that it holds every bot of Baton's that shares
 * the integration, and those of others that are there already. Source: platform API, {@code PUT
 * /api/v2/integrations/botconnector/{integrationId}/bots}.
 */
public final class BotListImport {
  private final ChannelSettings channel;
  private final GenesysCloud cloud;
  private final Map<String, BotDeclaration> own = new LinkedHashMap<>();
  private final Map<String, Map<String, SlotType>> seen = new LinkedHashMap<>();

  private BotListImport(ChannelSettings channel) {
    this.channel = channel;
    this.cloud = new GenesysCloud(channel, Clock.systemUTC());
  }

  /**
   * The list that a bot is in.
   *
   * @param notes where seen variables are known, or null
   * @throws AdministrationException when there is no such front end, or a declaration is wrong
   */
  public static BotListImport of(Settings settings, String bot, Administration notes) {
    ChannelSettings channel =
        settings.channels().stream()
            .filter(c -> c.type().equals("genesys") && c.bot().equals(bot))
            .findFirst()
            .orElseThrow(
                () ->
                    new AdministrationException(
                        "BTN-4530",
                        "There is no front end baton.channels.genesys."
                            + bot
                            + "; set its secrets to switch it on"));
    BotListImport list = new BotListImport(channel);
    for (ChannelSettings other : settings.channels()) {
      if (other.type().equals("genesys") && list.shares(other)) {
        list.add(other, notes);
      }
    }
    return list;
  }

  private boolean shares(ChannelSettings other) {
    return other.bot().equals(channel.bot())
        || (channel.text("integration-id") != null
            && Objects.equals(other.text("integration-id"), channel.text("integration-id"))
            && Objects.equals(other.text("region"), channel.text("region"))
            && Objects.equals(other.url("api-url"), channel.url("api-url")));
  }

  private void add(ChannelSettings bot, Administration notes) {
    BotDeclaration declaration;
    try {
      declaration = Declarations.of(bot);
    } catch (IllegalArgumentException e) {
      throw new AdministrationException("BTN-4531", withoutCode(e.getMessage()));
    }
    if (bot.flag("seen-slots") && notes != null) {
      Map<String, SlotType> known =
          notes
              .channelNote(SeenVariables.CHANNEL, bot.bot())
              .map(SeenVariables::seen)
              .orElse(Map.of());
      seen.put(bot.bot(), known);
      String escalation = bot.text("escalation-intent");
      declaration =
          declaration.withIntents(
              intent -> intent.name().equals(escalation) ? intent.with(known) : intent);
    }
    own.put(bot.bot(), declaration);
  }

  private static String withoutCode(String message) {
    return message.replaceFirst("^BTN-\\d{4} ", "");
  }

  /** What is wrong with the list, by Genesys' limits; empty when it can be imported. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (own.size() > BotLimits.BOTS) {
      problems.add("The list has " + own.size() + " bots; Genesys takes " + BotLimits.BOTS);
    }
    Set<String> ids = new HashSet<>();
    own.forEach(
        (bot, declaration) -> {
          if (!ids.add(declaration.id())) {
            problems.add(
                "Two bots have the id '" + declaration.id() + "'; set bot-id of one of them");
          }
          BotLimits.check(declaration).forEach(problem -> problems.add(bot + ": " + problem));
        });
    return problems;
  }

  /** What Baton has to say: {@code {"chatBots": […]}}. */
  public JsonNode declared() {
    return list(List.of());
  }

  /**
   * What an import would leave: Baton's bots, and those of others that are there.
   *
   * @param present see {@link #present()}
   * @param replace whether bots of others go
   */
  public JsonNode target(JsonNode present, boolean replace) {
    List<JsonNode> others = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    own.values().forEach(bot -> ids.add(bot.id()));
    for (JsonNode bot : present.path("chatBots")) {
      if (!replace && !ids.contains(bot.path("id").asText())) {
        ObjectNode copy = bot.deepCopy();
        copy.remove(List.of("botCompositeTag", "selfUri")); // read only
        others.add(copy);
      }
    }
    if (own.size() + others.size() > BotLimits.BOTS) {
      throw new AdministrationException(
          "BTN-4532",
          "With the "
              + others.size()
              + " bots of others the list is longer than "
              + BotLimits.BOTS
              + "; remove some, or use --replace");
    }
    return list(others);
  }

  private JsonNode list(List<JsonNode> others) {
    ObjectNode list = JsonNodeFactory.instance.objectNode();
    ArrayNode bots = list.putArray("chatBots");
    own.values().forEach(bot -> bots.add(bot.forImport()));
    others.forEach(bots::add);
    return list;
  }

  /**
   * What Genesys has.
   *
   * @throws AdministrationException when it cannot be asked
   */
  public JsonNode present() {
    return call("GET", null).body();
  }

  /**
   * Replaces what Genesys has.
   *
   * @param notes where it is kept which variables may be slots from now on, or null
   * @throws AdministrationException when Genesys refuses it
   */
  public void put(JsonNode list, Administration notes) {
    call("PUT", list);
    if (notes != null) {
      seen.forEach(
          (bot, known) -> {
            JsonNode note =
                notes
                    .channelNote(SeenVariables.CHANNEL, bot)
                    .orElseGet(JsonNodeFactory.instance::objectNode);
            notes.putChannelNote(
                SeenVariables.CHANNEL, bot, SeenVariables.with(note, "announced", known));
          });
    }
  }

  private GenesysCloud.Answer call(String method, JsonNode body) {
    String integration = channel.text("integration-id");
    if (!cloud.isConfigured() || integration == null) {
      throw new AdministrationException(
          "BTN-4533",
          "Set client-id, client-secret and integration-id of baton.channels.genesys."
              + channel.bot()
              + ", and region where it is not mypurecloud.com");
    }
    GenesysCloud.Answer answer;
    try {
      answer =
          cloud
              .call(method, "/api/v2/integrations/botconnector/" + integration + "/bots", body)
              .join();
    } catch (CompletionException e) {
      throw new AdministrationException(
          "BTN-4535", "Genesys was not reached: " + e.getCause().getMessage());
    }
    if (!answer.good()) {
      throw new AdministrationException(
          "BTN-4534", "Genesys answers " + answer.why() + "; " + remedy(answer.status()));
    }
    return answer;
  }

  private static String remedy(int status) {
    return switch (status) {
      case 403 -> "the OAuth client's role needs integration:botconnector:view and :edit";
      case 404 -> "check integration-id and region";
      case 401 -> "check client-id and client-secret";
      case 400 -> "it takes this list for wrong";
      default -> "try again";
    };
  }
}
