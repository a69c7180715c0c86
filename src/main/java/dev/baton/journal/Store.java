package dev.baton.journal;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Properties;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Opens the database: one connection that writes, a small pool of those that read. */
final class Store implements AutoCloseable {
  static final int LOCK_CLASS = 0x4261746f; // "Bato": apart from other users of the database

  private static final int VALID_SECONDS = 5;

  private final JournalOptions options;
  private FolderLock folderLock;
  private HikariDataSource readers;
  private boolean closed;

  Store(JournalOptions options) {
    this.options = options;
  }

  /** Takes the folder (SQLite); the pool of readers starts with the first of them. */
  synchronized void open() {
    if (options.isSqlite()) {
      folderLock = FolderLock.take(sqliteFile());
    }
    closed = false;
  }

  /** Brings the schema up to date. Only the active node does this. */
  void migrate() {
    try {
      Flyway.configure(Store.class.getClassLoader())
          .dataSource(options.url(), options.user(), options.password())
          .locations("classpath:db/migration")
          // A SQLite table is ordered by its key only when the type has exactly this name.
          .placeholders(Map.of("key", options.isSqlite() ? "integer" : "bigint"))
          .baselineOnMigrate(false)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw new JournalException(
          JournalException.CANNOT_OPEN,
          "The store's schema cannot be brought up to date: " + e.getMessage(),
          e);
    }
  }

  /** A new connection for the writer, with auto-commit off. */
  Connection openWriter() throws SQLException {
    Connection connection = DriverManager.getConnection(options.url(), properties());
    try (Statement statement = connection.createStatement()) {
      if (options.isSqlite()) {
        // Room for the pages that running conversations touch; fewer and larger check-points.
        statement.execute("pragma cache_size = -16000");
        statement.execute("pragma wal_autocheckpoint = 4000");
      } else {
        // The server's default may be off; what is acknowledged must be on its disk.
        statement.execute(
            "select set_config('synchronous_commit', 'on', false)"
                + " where current_setting('synchronous_commit') = 'off'");
      }
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * Whether this connection may write. On PostgreSQL the right is an advisory lock of the session,
   * so that it ends with the connection and no two nodes ever have it.
   */
  boolean takeRightToWrite(Connection connection) throws SQLException {
    if (options.isSqlite()) {
      return true;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select pg_try_advisory_lock("
                    + LOCK_CLASS
                    + ", hashtext(coalesce(current_schema(), '')))")) {
      row.next();
      boolean taken = row.getBoolean(1);
      connection.commit();
      return taken;
    }
  }

  /**
   * Whether the connection that took the right still has it: it does as long as its session lives.
   * A node that has nothing to write would not notice otherwise that another one is active.
   */
  boolean stillMayWrite(Connection connection) throws SQLException {
    if (options.isSqlite()) {
      return true;
    }
    boolean alive = connection.isValid(VALID_SECONDS);
    if (alive) {
      connection.rollback(); // the question must not leave a transaction open
    }
    return alive;
  }

  /** A pooled connection for reading, in auto-commit mode. */
  Connection read() throws SQLException {
    return readers().getConnection();
  }

  private synchronized HikariDataSource readers() throws SQLException {
    if (closed) { // a straggler must not open again what the next process may have
      throw new SQLException("The store is closed");
    }
    if (readers == null) {
      HikariConfig config = new HikariConfig();
      config.setPoolName("journal-readers");
      config.setJdbcUrl(options.url());
      config.setDataSourceProperties(properties());
      config.setMaximumPoolSize(options.readers());
      config.setMinimumIdle(1);
      config.setConnectionTimeout(10_000);
      config.setInitializationFailTimeout(-1);
      if (options.isSqlite()) {
        config.setConnectionInitSql("pragma query_only = true");
      } else {
        config.setReadOnly(true);
      }
      readers = new HikariDataSource(config);
    }
    return readers;
  }

  private Properties properties() {
    Properties properties = new Properties();
    if (options.isSqlite()) {
      properties.setProperty("journal_mode", "WAL");
      properties.setProperty("synchronous", "FULL");
      properties.setProperty("busy_timeout", "10000");
      return properties;
    }
    if (options.user() != null) {
      properties.setProperty("user", options.user());
    }
    if (options.password() != null) {
      properties.setProperty("password", options.password());
    }
    properties.setProperty("ApplicationName", "baton");
    properties.setProperty("connectTimeout", "5");
    properties.setProperty("socketTimeout", "30");
    properties.setProperty("tcpKeepAlive", "true");
    // Otherwise exceptions, and so the log, would quote what customers wrote.
    properties.setProperty("logServerErrorDetail", "false");
    return properties;
  }

  private Path sqliteFile() {
    String file = options.url().substring("jdbc:sqlite:".length());
    int query = file.indexOf('?');
    return Path.of(query < 0 ? file : file.substring(0, query)).toAbsolutePath();
  }

  @Override
  public synchronized void close() {
    closed = true;
    if (readers != null) {
      readers.close();
      readers = null;
    }
    if (folderLock != null) {
      try {
        folderLock.close();
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
      folderLock = null;
    }
  }
}
