package dev.baton.journal;

import dev.baton.conversation.Lane;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/** Settings of a {@link SqlJournal}. Each setter returns this. */
public final class JournalOptions {
  private final String url;
  private String user;
  private String password;
  private Set<String> pushChannels = Set.of();
  private final Map<Lane, LaneOptions> lanes = new EnumMap<>(Lane.class);
  private Duration retention = Duration.ZERO;
  private int cachedConversations = 10_000;
  private int maximumQueue = 50_000;
  private int readers = 4;

  private JournalOptions(String url) {
    if (!url.startsWith("jdbc:sqlite:") && !url.startsWith("jdbc:postgresql:")) {
      throw new IllegalArgumentException(
          "The store's URL must start with jdbc:sqlite: or jdbc:postgresql:");
    }
    this.url = url;
  }

  /** {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql://<host>/<database>}. */
  public static JournalOptions url(String url) {
    return new JournalOptions(url);
  }

  /** The SQLite file {@code baton.db} in a data folder. */
  public static JournalOptions folder(Path folder) {
    return new JournalOptions("jdbc:sqlite:" + folder.resolve("baton.db").toAbsolutePath());
  }

  /** Credentials for PostgreSQL; either may be null. */
  public JournalOptions credentials(String newUser, String newPassword) {
    this.user = newUser;
    this.password = newPassword;
    return this;
  }

  /**
   * Types of channel that Baton must call for each activity. Customers of all other channels fetch
   * their stream themselves.
   */
  public JournalOptions pushChannels(Set<String> channels) {
    this.pushChannels = Set.copyOf(channels);
    return this;
  }

  public JournalOptions lane(Lane lane, LaneOptions options) {
    lanes.put(lane, options);
    return this;
  }

  /** How long ended conversations are kept; zero keeps them for ever. */
  public JournalOptions retention(Duration newRetention) {
    this.retention = newRetention;
    return this;
  }

  /** How many conversations' states are kept in memory. */
  public JournalOptions cachedConversations(int count) {
    this.cachedConversations = count;
    return this;
  }

  /** How many appends may wait for the disk before further ones are refused. */
  public JournalOptions maximumQueue(int count) {
    this.maximumQueue = count;
    return this;
  }

  /** Most connections that read at the same time. */
  public JournalOptions readers(int count) {
    this.readers = count;
    return this;
  }

  String url() {
    return url;
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  Set<String> pushChannels() {
    return pushChannels;
  }

  LaneOptions lane(Lane lane) {
    return lanes.getOrDefault(lane, LaneOptions.DEFAULT);
  }

  Duration retention() {
    return retention;
  }

  int cachedConversations() {
    return cachedConversations;
  }

  int maximumQueue() {
    return maximumQueue;
  }

  int readers() {
    return readers;
  }

  boolean isSqlite() {
    return url.startsWith("jdbc:sqlite:");
  }
}
