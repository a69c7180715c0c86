package dev.baton.hub.desk;

import java.net.URI;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may use the desk.
 *
 * @param mode how agents are told apart
 * @param users agents by user name; only used with {@link Mode#USERS}
 * @param sessionKey signs sessions; null for a random one that ends with the process
 * @param sessionLife how long a login lasts
 * @param publicUrl where browsers reach Baton when a proxy stands in front, or null
 */
public record DeskAccess(
    Mode mode, Map<String, User> users, String sessionKey, Duration sessionLife, URI publicUrl) {

  /** The ways to let agents in. */
  public enum Mode {
    /** Nobody may use the desk. */
    CLOSED,
    /** Anybody on this machine may, under any name; for trying out. */
    OPEN,
    /** The configured users may, with their password. */
    USERS
  }

  /** An agent who may log in. {@code passwordHash} is a bcrypt hash. */
  public record User(String name, String passwordHash) {
    @Override
    public String toString() {
      return name;
    }
  }

  public DeskAccess {
    users = Map.copyOf(users);
  }

  @Override
  public String toString() {
    return mode + " " + users.keySet();
  }

  /** The desk of the demo: open, on loopback only. */
  public static DeskAccess open() {
    return new DeskAccess(Mode.OPEN, Map.of(), null, Duration.ofHours(12), null);
  }

  /**
   * Reads {@code baton.desk.*}.
   *
   * @param properties the keys without {@code baton.desk.}: {@code agents.<user>.password}, {@code
   *     agents.<user>.name}, {@code access} ({@code users} or {@code open}), {@code session-key},
   *     {@code session-time} (ISO 8601 duration, default {@code PT12H})
   * @param publicUrl {@code baton.public-url}, or null
   * @throws IllegalArgumentException when a value cannot be used; the message never shows it where
   *     it is secret
   */
  public static DeskAccess of(Map<String, String> properties, URI publicUrl) {
    Map<String, User> users = new TreeMap<>();
    properties.forEach(
        (key, value) -> {
          if (key.startsWith("agents.") && key.endsWith(".password")) {
            String user = key.substring("agents.".length(), key.length() - ".password".length());
            String name = properties.getOrDefault("agents." + user + ".name", user);
            users.put(user, new User(name, checkedHash(key, value)));
          }
        });
    String access = properties.getOrDefault("access", "users");
    Mode mode =
        switch (access) {
          case "open" -> Mode.OPEN;
          case "users" -> users.isEmpty() ? Mode.CLOSED : Mode.USERS;
          default ->
              throw new IllegalArgumentException(
                  "baton.desk.access is '" + access + "'; it can be 'users' or 'open'");
        };
    String time = properties.getOrDefault("session-time", "PT12H");
    return new DeskAccess(mode, users, properties.get("session-key"), duration(time), publicUrl);
  }

  private static String checkedHash(String key, String value) {
    if (!DeskPasswords.isHash(value)) {
      throw new IllegalArgumentException(
          "baton.desk." + key + " is not a bcrypt hash; make one with ./baton hash-password");
    }
    return value;
  }

  private static Duration duration(String text) {
    try {
      Duration life = Duration.parse(text);
      if (!life.isZero() && !life.isNegative()) {
        return life;
      }
    } catch (DateTimeParseException e) {
      throw notDuration(text, e);
    }
    throw notDuration(text, null);
  }

  private static IllegalArgumentException notDuration(String text, Throwable cause) {
    return new IllegalArgumentException(
        "baton.desk.session-time is '" + text + "'; give an ISO 8601 duration such as PT12H",
        cause);
  }
}
