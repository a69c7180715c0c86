package dev.baton.simulator.genesys;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The part of an inbound message flow that calls a bot: where the bot is, what is sent, which
 * intents have a branch, and the time-outs. Not to be changed once conversations run in it.
 */
public final class ArchitectFlow {
  final ConnectorVersion version;
  final URI url;
  final Map<String, String> credentials = new LinkedHashMap<>();
  final Map<String, String> inputs = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> intents = new LinkedHashMap<>();
  String botId = "demo";
  String botName;
  String botVersion = "1";
  String language = "en-us";
  int sessionTimeout;
  Duration deadline;
  Duration followUp;

  private ArchitectFlow(ConnectorVersion version, URI url) {
    this.version = version;
    this.url = url;
    boolean legacy = version == ConnectorVersion.LEGACY;
    this.deadline = Duration.ofSeconds(legacy ? 10 : 30);
    this.followUp = Duration.ofHours(legacy ? 12 : 6);
    this.sessionTimeout = (int) followUp.toMinutes();
  }

  /**
   * A flow with <em>Call Bot Connector</em>. The deadline is not published; 10 s until changed.
   *
   * @param url the handle utterance URI, called as it is
   */
  public static ArchitectFlow legacy(String url) {
    return new ArchitectFlow(ConnectorVersion.LEGACY, URI.create(url));
  }

  /**
   * A flow with <em>Call Digital Bot Connector</em>; 30 s bot response time-out until changed.
   *
   * @param base {@code /messages} and {@code /bots} are called below it
   */
  public static ArchitectFlow digital(String base) {
    return new ArchitectFlow(ConnectorVersion.DIGITAL, URI.create(base));
  }

  /** One field of the integration's credentials: a header of every call. */
  public ArchitectFlow credential(String header, String value) {
    credentials.put(header, value);
    return this;
  }

  /** A session variable of the action's inputs. */
  public ArchitectFlow input(String name, String value) {
    inputs.put(name, value);
    return this;
  }

  public ArchitectFlow bot(String id, String version) {
    botId = id;
    botVersion = version;
    return this;
  }

  /** Sent in {@code chatBot}; without it that object is left out. */
  public ArchitectFlow botName(String name) {
    botName = name;
    return this;
  }

  public ArchitectFlow language(String code) {
    language = code;
    return this;
  }

  /** How long the call may take; then the flow goes to its Failure branch. */
  public ArchitectFlow deadline(Duration longest) {
    deadline = longest;
    return this;
  }

  /** Follow-up response time-out: how long the customer may be silent. */
  public ArchitectFlow followUp(Duration longest) {
    followUp = longest;
    sessionTimeout = (int) Math.max(1, longest.toMinutes());
    return this;
  }

  /** A branch of the action: an intent of the registered version, without slots. */
  public ArchitectFlow intent(String name) {
    return intent(name, Map.of());
  }

  /**
   * A branch of the action.
   *
   * @param slots name to type, such as {@code String} or {@code StringCollection}
   */
  public ArchitectFlow intent(String name, Map<String, String> slots) {
    intents.put(name, Map.copyOf(slots));
    return this;
  }

  /** The branches of an imported version: what the vendor's Architect shows after the import. */
  public ArchitectFlow intentsOf(JsonObject botVersion) {
    for (Object element : botVersion.getJsonArray("intents")) {
      JsonObject intent = (JsonObject) element;
      Map<String, String> slots = new LinkedHashMap<>();
      for (var slot : intent.getJsonObject("slots", new JsonObject())) {
        JsonObject declared = (JsonObject) slot.getValue();
        slots.put(declared.getString("name"), declared.getString("type"));
      }
      for (Object entity : intent.getJsonArray("entities", new JsonArray())) {
        JsonObject declared = (JsonObject) entity;
        slots.put(declared.getString("name"), declared.getString("type"));
      }
      intent(intent.getString("name"), slots);
    }
    return this;
  }

  /** The slots that a branch can use, empty when there is no such branch. */
  Optional<Map<String, String>> branch(String intent) {
    return Optional.ofNullable(intents.get(intent));
  }
}
