package dev.baton.configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Everything that is configured, read once at start, checked and immutable. {@link SettingsLoader}
 * makes it. Maps are by the name that the user chose, in alphabetical order.
 *
 * @param texts what follows {@code baton.texts.}: {@code <key>} or {@code <locale>.<key>}; an empty
 *     text says nothing
 * @param defaultLocale BCP 47 tag for customers whose language is unknown or not shipped
 * @param allowedPrivateHosts hosts in private networks that outside URLs may point to
 * @param logFormat {@code text} or {@code json}
 * @param logLevel {@code error}, {@code warn}, {@code info}, {@code debug} or {@code trace}
 * @param demo whether the simulated bot and the demo page are started
 * @param properties every property, Baton's and others, resolved where possible; holds secrets, so
 *     never print it. Meant for Camel.
 */
public record Settings(
    Server server,
    Store store,
    Map<String, BotSettings> bots,
    Map<String, HubSettings> hubs,
    List<ChannelSettings> channels,
    Canvas canvas,
    HandoffOptions handoff,
    Timeouts timeouts,
    Lanes lanes,
    Map<String, String> texts,
    String defaultLocale,
    Desk desk,
    OwnRoutes routes,
    List<String> allowedPrivateHosts,
    String logFormat,
    String logLevel,
    boolean demo,
    Properties properties) {

  /** The defaults, with no bot and no hub. */
  public static Settings defaults() {
    return of(Map.of());
  }

  /**
   * The defaults with these properties; environment and system properties play no part.
   *
   * @throws ConfigurationException when they cannot be used
   */
  public static Settings of(Map<String, String> properties) {
    Properties given = new Properties();
    given.putAll(properties);
    return new SettingsLoader()
        .environment(Map.of())
        .system(new Properties())
        .overrides(given)
        .load();
  }

  /** Not the values: some are secrets. */
  @Override
  public String toString() {
    return "Settings[bots=" + bots.keySet() + ", hubs=" + hubs.keySet() + "]";
  }

  /**
   * @param port 0 for any free one
   * @param publicUrl how hubs and canvases reach Baton, without a slash at the end
   * @param managementToken bearer token of the management API, or null for loopback only
   * @param maxBody bytes
   * @param shutdownTimeout how long a stop waits for what is in flight
   * @param strictHealth whether an unreachable bot or hub makes the node not ready
   * @param healthInterval time between probes of bots and hubs
   */
  public record Server(
      String host,
      int port,
      String managementHost,
      int managementPort,
      Secret managementToken,
      URI publicUrl,
      int maxBody,
      Duration shutdownTimeout,
      boolean strictHealth,
      Duration healthInterval) {}

  /**
   * @param data folder, made when it is missing
   * @param url JDBC URL, or null for SQLite in {@code data}
   * @param user or null
   * @param password or null
   * @param pool most connections
   * @param retention how long ended conversations are kept; zero keeps them for ever
   */
  public record Store(
      Path data, String url, String user, Secret password, int pool, Duration retention) {}

  /**
   * @param tokenSecret key that signs tokens, or null to make one and keep it in the data folder
   * @param tokensPerMinute most tokens for pages at one address; 0 sets no limit
   * @param uploadLimit bytes
   */
  public record Canvas(
      Duration tokenLife,
      Secret tokenSecret,
      int tokensPerMinute,
      int uploadLimit,
      List<String> uploadTypes) {}

  /**
   * @param sendStatus whether the bot is told about the handoff
   * @param cancelWords what a waiting customer types to go back to the bot
   */
  public record HandoffOptions(boolean sendStatus, List<String> cancelWords) {}

  /** See the catalogue for what each limits. */
  public record Timeouts(
      Duration assignment,
      Duration customerIdle,
      Duration agentIdle,
      Duration hubUnreachable,
      Duration botSilent,
      Duration conversationIdle,
      Duration grace,
      Duration settle) {}

  /**
   * @param botLimit how long a delivery is tried before it becomes a dead letter; for hubs it is
   *     {@link Timeouts#hubUnreachable()}
   * @param customerLimit the same for front ends that Baton calls
   * @param concurrency deliveries at the same time, per lane
   */
  public record Lanes(
      Duration botLimit,
      Duration customerLimit,
      Duration firstDelay,
      Duration longestDelay,
      int concurrency) {}

  /**
   * @param open whether no password is asked, from loopback only
   * @param agents by user
   * @param sessionSecret signs logins, or null for one that ends with the process
   * @param sessionLife how long a login lasts
   */
  public record Desk(
      boolean open, Map<String, DeskAgent> agents, Secret sessionSecret, Duration sessionLife) {}

  /**
   * @param passwordHash bcrypt
   * @param name as customers see it
   */
  public record DeskAgent(String user, String name, Secret passwordHash) {}

  /**
   * @param folder may be missing
   * @param reload whether changed files are loaded while Baton runs
   */
  public record OwnRoutes(Path folder, boolean reload) {}
}
