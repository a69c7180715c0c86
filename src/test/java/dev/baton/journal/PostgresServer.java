package dev.baton.journal;

import static org.junit.jupiter.api.Assumptions.abort;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A real PostgreSQL for all tests of this process. It refuses to run as root; the library then runs
 * it in a user namespace of its own where the system allows that.
 */
public final class PostgresServer {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedPostgres server;
  private static Exception reason;

  private PostgresServer() {}

  private static synchronized EmbeddedPostgres server() {
    if (server == null && reason == null) {
      try {
        server = EmbeddedPostgres.start();
      } catch (IOException | RuntimeException e) {
        reason = e;
      }
    }
    if (server == null) {
      abort("PostgreSQL cannot be started here, its tests are skipped: " + reason);
    }
    return server;
  }

  /** JDBC URL of a new, empty database; skips the test when there is no PostgreSQL. */
  public static String newDatabase() {
    EmbeddedPostgres running = server();
    String name = "baton_" + DATABASES.incrementAndGet();
    execute("create database " + name);
    return running.getJdbcUrl("postgres", name);
  }

  /** The same database for a user of one's own, so that this user alone can be locked out. */
  public static String as(String user, String url) {
    execute("create role " + user + " superuser login");
    return url.replace("user=postgres", "user=" + user);
  }

  /** Whether the user may connect; connections that are open stay. */
  public static void mayConnect(String user, boolean allowed) {
    execute("alter role " + user + (allowed ? " login" : " nologin"));
  }

  /** Cuts the connections of those that use the database. */
  static void disconnectAll(String url) {
    String name = url.replaceAll(".*/([^/?]+).*", "$1");
    execute(
        "select pg_terminate_backend(pid) from pg_stat_activity where datname = '" + name + "'");
  }

  /** Cuts the connection of the active node only. */
  public static void disconnectActive(String url) {
    String name = url.replaceAll(".*/([^/?]+).*", "$1");
    execute(
        "select pg_terminate_backend(l.pid) from pg_locks l join pg_database d on d.oid ="
            + " l.database where l.locktype = 'advisory' and l.granted and d.datname = '"
            + name
            + "'");
  }

  private static void execute(String sql) {
    try (Connection connection =
            DriverManager.getConnection(server().getJdbcUrl("postgres", "postgres"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
