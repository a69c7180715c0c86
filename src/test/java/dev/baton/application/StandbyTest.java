package dev.baton.application;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.configuration.SettingsLoader;
import dev.baton.journal.JournalState;
import dev.baton.journal.PostgresServer;
import dev.baton.journal.SqlJournal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that starts while the active one is still making the store. */
class StandbyTest {
  private final String store = PostgresServer.newDatabase();
  @TempDir Path folder;

  @Test
  void itWaitsForTheSchemaAndForTheKeyOfTheActiveNode() throws Exception {
    byte[] key = new byte[32];
    key[0] = 7;
    SqlJournal journal = journal();
    try (Connection active = DriverManager.getConnection(store);
        Statement statement = active.createStatement()) {
      statement.execute(
          "select pg_advisory_lock(" + 0x4261746f + ", hashtext(coalesce(current_schema(), '')))");
      journal.start();
      assertThat(journal.state()).isEqualTo(JournalState.STANDBY);
      CompletableFuture<Void> schema =
          CompletableFuture.runAsync(() -> Standby.awaitStore(journal));
      CompletableFuture<List<byte[]>> keys =
          CompletableFuture.supplyAsync(() -> SigningKey.of(null, journal));
      assertThat(schema).isNotDone();

      Flyway.configure()
          .dataSource(store, null, null)
          .locations("classpath:db/migration")
          .placeholders(Map.of("key", "bigint"))
          .load()
          .migrate();
      schema.get(20, TimeUnit.SECONDS);
      assertThat(keys).isNotDone();

      statement.execute(
          "insert into document (kind, id, body, at) values ('setting', 'canvas-token-key', '"
              + Base64.getEncoder().encodeToString(key)
              + "', 0)");
      assertThat(keys.get(20, TimeUnit.SECONDS)).containsExactly(key);
      assertThat(journal.state()).isEqualTo(JournalState.STANDBY);
    } finally {
      journal.close();
    }
  }

  private SqlJournal journal() throws Exception {
    Properties properties = new Properties();
    properties.setProperty("baton.store.url", store);
    properties.setProperty("baton.data", folder.toString());
    properties.setProperty("baton.bots.demo.secret", "nobody-knows-this-one");
    Path file = Files.writeString(folder.resolve("baton.properties"), "");
    return Journals.of(new SettingsLoader().file(file).overrides(properties).load());
  }
}
