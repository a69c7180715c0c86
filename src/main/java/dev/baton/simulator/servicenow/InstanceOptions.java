package dev.baton.simulator.servicenow;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How the simulated instance is set up and how fast its clocks run. Setters return this. */
public final class InstanceOptions {
  String host = "127.0.0.1";
  int port;
  String username = "baton.service";
  String password = "simulated-password";
  String clientId = "simulated-client";
  String clientSecret = "simulated-client-secret";
  Duration tokenLife = Duration.ofMinutes(30);
  String token = "simulated-token";
  String signatureSecret = "";
  boolean authentication = true;
  volatile String callback = "http://127.0.0.1:8080/hubs/it/events";
  String callbackUser = "servicenow";
  String callbackPassword = "simulated-callback-password";
  Map<String, String> callbackHeaders = Map.of();
  String version = "4.1.2";
  boolean synchronous;
  volatile boolean survey;
  volatile Duration processing = Duration.ofMillis(30);
  volatile Duration waitRefresh = Duration.ofSeconds(60);
  volatile Duration idleReminder = Duration.ofSeconds(180);
  volatile Duration idleCancel = Duration.ofSeconds(360);
  volatile Duration botIdle = Duration.ofHours(1);
  volatile Duration queueMaxWait = Duration.ofMinutes(30);
  Duration accepts;

  private InstanceOptions() {}

  /** A well set up instance on a free loopback port: Basic and a static token. */
  public static InstanceOptions defaults() {
    return new InstanceOptions();
  }

  /** Address to listen on. */
  public InstanceOptions host(String value) {
    host = value;
    return this;
  }

  /** TCP port, 0 for any free one. */
  public InstanceOptions port(int value) {
    if (value < 0 || value > 65535) {
      throw new SimulatorException(
          "BTN-4756", "The simulator's port must be between 0 and 65535, not " + value);
    }
    port = value;
    return this;
  }

  /** The service account, for Basic and for OAuth's password grant. */
  public InstanceOptions account(String user, String secret) {
    username = user;
    password = secret;
    return this;
  }

  /** The OAuth client, for every grant. */
  public InstanceOptions client(String id, String secret) {
    clientId = id;
    clientSecret = secret;
    return this;
  }

  /** How long an access token lives. */
  public InstanceOptions tokenLife(Duration value) {
    tokenLife = value;
    return this;
  }

  /** Message Auth by a static token; an empty one switches Message Auth off. */
  public InstanceOptions token(String value) {
    token = value;
    signatureSecret = "";
    return this;
  }

  /** Message Auth by {@code x-b2b-signature} with this key. */
  public InstanceOptions signatureSecret(String value) {
    signatureSecret = value;
    token = "";
    return this;
  }

  /** Whether the bot endpoint requires Basic or OAuth besides Message Auth; it does by default. */
  public InstanceOptions authentication(boolean value) {
    authentication = value;
    return this;
  }

  /** Where callbacks go. */
  public InstanceOptions callback(String url) {
    callback = url;
    return this;
  }

  /** Basic account of the callbacks; an empty user sends none. */
  public InstanceOptions callbackAccount(String user, String secret) {
    callbackUser = user;
    callbackPassword = secret;
    return this;
  }

  /** Extra headers of the callbacks, at most ten, as in the vendor's connection attributes. */
  public InstanceOptions callbackHeaders(Map<String, String> headers) {
    if (headers.size() > 10) {
      throw new SimulatorException("BTN-4756", "A connection has at most ten extra headers");
    }
    callbackHeaders = Map.copyOf(headers);
    return this;
  }

  /** Version of the Virtual Agent API application, for example {@code 3.9.0}. */
  public InstanceOptions version(String value) {
    version = value;
    return this;
  }

  /** Synchronous channel: the bot answers in the HTTP answer. */
  public InstanceOptions synchronous(boolean value) {
    synchronous = value;
    return this;
  }

  /** Whether a survey follows the agent's end. */
  public InstanceOptions survey(boolean value) {
    survey = value;
    return this;
  }

  /** How long the worker takes from the 200 to the first callback. */
  public InstanceOptions processing(Duration value) {
    processing = value;
    return this;
  }

  /** How often the expected wait is sent to who waits. */
  public InstanceOptions waitRefresh(Duration value) {
    waitRefresh = value;
    return this;
  }

  /** Time without a word of the customer after which he is reminded, and then cut off. */
  public InstanceOptions idle(Duration reminder, Duration cancel) {
    idleReminder = reminder;
    idleCancel = cancel;
    return this;
  }

  /** Time after which a conversation with the bot is given up. */
  public InstanceOptions botIdle(Duration value) {
    botIdle = value;
    return this;
  }

  /** Longest time in the queue. */
  public InstanceOptions queueMaxWait(Duration value) {
    queueMaxWait = value;
    return this;
  }

  /** An agent accepts by himself after this time and repeats what is written; null: none does. */
  public InstanceOptions accepts(Duration value) {
    accepts = value;
    return this;
  }

  Map<String, String> values() {
    Map<String, String> values = new HashMap<>();
    values.put("username", username);
    values.put("authentication", String.valueOf(authentication));
    values.put("callback", callback);
    values.put("callbackUser", callbackUser);
    values.put("callbackPassword", callbackPassword);
    values.put("version", version);
    values.put("synchronous", String.valueOf(synchronous));
    values.put("token", token);
    values.put("signatureSecret", signatureSecret);
    boolean signed = !signatureSecret.isEmpty();
    values.put("verification", signed ? "Baton signature" : "Baton token");
    values.put("messageAuth", signed || !token.isEmpty() ? "VA Bot to Bot Message Auth" : "");
    return values;
  }
}
