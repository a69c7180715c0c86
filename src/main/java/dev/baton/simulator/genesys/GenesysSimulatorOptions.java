package dev.baton.simulator.genesys;

import java.time.Duration;

/**
 * How the simulated Genesys Cloud runs. The defaults are the vendor's; tests shorten the times. Not
 * to be changed after the start, except where a method of the simulator says so.
 */
public final class GenesysSimulatorOptions {
  int port;
  String clientId = "simulated-client";
  String clientSecret = "simulated-client-secret";
  String integrationId = "11111111-2222-4333-8444-555555555555";
  String connectorIntegrationId = "22222222-3333-4444-8555-666666666666";
  volatile String webhookUrl;
  String webhookSecret = "simulated-webhook-secret";
  Duration tokenLife = Duration.ofHours(24);
  int requestsPerWindow = 300;
  Duration rateWindow = Duration.ofMinutes(1);
  Duration webhookTimeout = Duration.ofSeconds(10);
  int webhookRetries = 5;
  Duration webhookRetryGap = Duration.ofSeconds(5);
  Duration heartbeat = Duration.ofSeconds(30);
  Duration closingNotice = Duration.ofMinutes(1);
  Duration channelLife = Duration.ofHours(24);
  int maxChannels = 20;
  int maxTopics = 1000;
  Duration threadingWindow = Duration.ZERO;
  String flowText;
  int maxText = 2000;

  private GenesysSimulatorOptions() {}

  /** The vendor's times and limits, on a free port of loopback. */
  public static GenesysSimulatorOptions defaults() {
    return new GenesysSimulatorOptions();
  }

  /** The vendor's rules with times that a test can wait for. */
  public static GenesysSimulatorOptions quick() {
    return defaults()
        .webhookTimeout(Duration.ofMillis(500))
        .webhookRetryGap(Duration.ofMillis(30))
        .heartbeat(Duration.ofMillis(200))
        .closingNotice(Duration.ofMillis(100));
  }

  /** TCP port on loopback, 0 for any free one. */
  public GenesysSimulatorOptions port(int number) {
    if (number < 0 || number > 65535) {
      throw invalid("port must be between 0 and 65535, not " + number);
    }
    port = number;
    return this;
  }

  /** The OAuth client that is known. */
  public GenesysSimulatorOptions client(String id, String secret) {
    clientId = id;
    clientSecret = secret;
    return this;
  }

  /** Id of the Open Messaging integration. */
  public GenesysSimulatorOptions integrationId(String id) {
    integrationId = id;
    return this;
  }

  /** Id of the Bot Connector integration, into which bots are imported. */
  public GenesysSimulatorOptions connectorIntegrationId(String id) {
    connectorIntegrationId = id;
    return this;
  }

  /** Where agents' messages are posted; null until {@link GenesysSimulator#webhook(String)}. */
  public GenesysSimulatorOptions webhookUrl(String url) {
    webhookUrl = url;
    return this;
  }

  /** Key of the webhook's signature; the vendor wants more than 15 characters. */
  public GenesysSimulatorOptions webhookSecret(String secret) {
    if (secret.length() <= 15) {
      throw invalid("webhook secret must have more than 15 characters");
    }
    webhookSecret = secret;
    return this;
  }

  public GenesysSimulatorOptions tokenLife(Duration life) {
    tokenLife = positive("token life", life);
    return this;
  }

  /** How many calls one token may make in each window; then 429 until the window is over. */
  public GenesysSimulatorOptions rate(int requests, Duration window) {
    requestsPerWindow = atLeastOne("rate", requests);
    rateWindow = positive("rate window", window);
    return this;
  }

  /** How long the webhook may take to answer. */
  public GenesysSimulatorOptions webhookTimeout(Duration timeout) {
    webhookTimeout = positive("webhook time-out", timeout);
    return this;
  }

  /** How often a failed webhook call is repeated. */
  public GenesysSimulatorOptions webhookRetries(int times) {
    if (times < 0) {
      throw invalid("webhook retries must not be negative");
    }
    webhookRetries = times;
    return this;
  }

  public GenesysSimulatorOptions webhookRetryGap(Duration gap) {
    webhookRetryGap = positive("webhook retry gap", gap);
    return this;
  }

  /** How often a notification socket carries {@code channel.metadata}. */
  public GenesysSimulatorOptions heartbeat(Duration interval) {
    heartbeat = positive("heartbeat", interval);
    return this;
  }

  /** How long after {@code v2.system.socket_closing} the socket is closed. */
  public GenesysSimulatorOptions closingNotice(Duration notice) {
    closingNotice = positive("closing notice", notice);
    return this;
  }

  /** How long a notification channel lives unless topics are subscribed again. */
  public GenesysSimulatorOptions channelLife(Duration life) {
    channelLife = positive("channel life", life);
    return this;
  }

  /** Channels per client; one more replaces the oldest idle one. */
  public GenesysSimulatorOptions maxChannels(int channels) {
    maxChannels = atLeastOne("channels", channels);
    return this;
  }

  /** Topics per channel; more are refused. */
  public GenesysSimulatorOptions maxTopics(int topics) {
    maxTopics = atLeastOne("topics", topics);
    return this;
  }

  /**
   * How long after the agent's disconnect a new message of the same customer continues the
   * conversation; zero ends it with the disconnect.
   */
  public GenesysSimulatorOptions threadingWindow(Duration window) {
    if (window.isNegative() || window.compareTo(Duration.ofDays(3)) > 0) {
      throw invalid("threading window must be between 0 and 72 hours");
    }
    threadingWindow = window;
    return this;
  }

  /** What the Architect flow sends by itself when a conversation begins, or null for nothing. */
  public GenesysSimulatorOptions flowText(String text) {
    flowText = text;
    return this;
  }

  /** Characters that one inbound message may have; more are answered 400. */
  public GenesysSimulatorOptions maxText(int characters) {
    maxText = atLeastOne("text limit", characters);
    return this;
  }

  private static Duration positive(String what, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw invalid(what + " must be more than 0");
    }
    return value;
  }

  private static int atLeastOne(String what, int value) {
    if (value < 1) {
      throw invalid(what + " must be at least 1");
    }
    return value;
  }

  private static GenesysSimulatorException invalid(String what) {
    return new GenesysSimulatorException("BTN-4780", "The simulator's " + what);
  }
}
