package dev.baton.hub.desk;

import dev.baton.configuration.Secret;
import dev.baton.configuration.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * Who may use the desk.
 *
 * @param mode how agents are told apart
 * @param users agents by user name; only used with {@link Mode#USERS}
 * @param sessionSecret signs sessions; null for a random one that ends with the process
 * @param sessionLife how long a login lasts
 * @param publicUrl where browsers reach Baton when a proxy stands in front, or null
 */
public record DeskAccess(
    Mode mode, Map<String, User> users, Secret sessionSecret, Duration sessionLife, URI publicUrl) {

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

  /** What {@code baton.desk.*} says. */
  public static DeskAccess of(Settings.Desk desk, URI publicUrl) {
    Map<String, User> users = new TreeMap<>();
    desk.agents()
        .forEach(
            (user, agent) ->
                users.put(user, new User(agent.name(), agent.passwordHash().reveal())));
    Mode mode = desk.open() ? Mode.OPEN : users.isEmpty() ? Mode.CLOSED : Mode.USERS;
    return new DeskAccess(mode, users, desk.sessionSecret(), desk.sessionLife(), publicUrl);
  }
}
