package dev.baton.configuration;

import java.net.URI;
import java.util.List;
import java.util.Map;

/**
 * {@code baton.bots.<name>.*}: one bot behind Direct Line.
 *
 * @param url Direct Line root without {@code apiPath}; may have a path prefix
 * @param secret Direct Line secret, or null when {@code tokenEndpoint} is used
 * @param tokenEndpoint Copilot Studio's token endpoint, or null
 * @param stream {@code auto}, {@code websocket} or {@code polling}
 * @param handoffEvents event names that ask for a human; always contains {@code handoff.initiate}
 * @param hubs names of hubs in order of preference
 * @param hubRules by name of hub: what the hub is to this bot; a hub without rules takes all
 * @param offer {@code never}, {@code choice} or {@code always}: whether the customer is asked first
 * @param offerDescribe whether the customer is also asked what the agent should be told
 * @param pace most deliveries to the bot per minute; 0 sets no limit
 * @param canvasSecrets secrets that canvases present; any one opens this bot
 * @param allowedOrigins origins of pages that may fetch a token and call the canvas endpoint
 * @param apiPath path of Direct Line below the root
 * @param startEvent name of the event that greets the bot at the start, or null to send none
 */
public record BotSettings(
    String name,
    URI url,
    Secret secret,
    URI tokenEndpoint,
    String stream,
    List<String> handoffEvents,
    List<String> hubs,
    Map<String, HubRule> hubRules,
    String offer,
    boolean offerDescribe,
    int pace,
    List<Secret> canvasSecrets,
    List<String> allowedOrigins,
    String apiPath,
    String startEvent) {

  /** A bot that is greeted with {@code startConversation}, and whose hubs take every handoff. */
  public BotSettings(
      String name,
      URI url,
      Secret secret,
      URI tokenEndpoint,
      String stream,
      List<String> handoffEvents,
      List<String> hubs,
      List<Secret> canvasSecrets,
      List<String> allowedOrigins) {
    this(
        name,
        url,
        secret,
        tokenEndpoint,
        stream,
        handoffEvents,
        hubs,
        Map.of(),
        "never",
        false,
        0,
        canvasSecrets,
        allowedOrigins,
        "/v3/directline",
        "startConversation");
  }
}
