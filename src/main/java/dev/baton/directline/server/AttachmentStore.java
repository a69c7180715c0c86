package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Uploaded files in a folder, each under a name that cannot be guessed, until they expire. Nodes
 * that share the folder serve each other's files.
 */
final class AttachmentStore {
  private static final Logger LOG = LoggerFactory.getLogger(AttachmentStore.class);
  private static final String INFO = ".json";

  private final Vertx vertx;
  private final Path folder;
  private final Duration life;
  private final Clock clock;
  private final long sweepTimer;

  /**
   * @param name file name as the sender gave it
   * @param contentType media type without parameters
   */
  record Stored(String name, String contentType, Path file) {}

  AttachmentStore(Vertx vertx, Path folder, Duration life, Clock clock) {
    this.vertx = vertx;
    this.folder = folder;
    this.life = life;
    this.clock = clock;
    long interval = Math.max(1000, Math.min(life.toMillis() / 4, 600_000));
    this.sweepTimer =
        vertx.setPeriodic(interval, t -> vertx.executeBlocking(this::deleteExpired, false));
  }

  /** Keeps a file. @return the random id that it is found by, once it is written */
  Future<String> save(String name, String contentType, Buffer content) {
    String id = Ids.random();
    return vertx.executeBlocking(
        () -> {
          Files.createDirectories(folder);
          ObjectNode info = Json.object().put("name", name).put("contentType", contentType);
          Files.writeString(folder.resolve(id + INFO), Json.write(info));
          Path unfinished = folder.resolve(id + ".part");
          Files.write(unfinished, content.getBytes());
          Files.move(unfinished, folder.resolve(id), StandardCopyOption.ATOMIC_MOVE);
          return id;
        },
        false);
  }

  /** The file with this id; empty when there is none or it has expired. */
  Future<Optional<Stored>> find(String id) {
    if (!id.matches("[0-9A-Za-z]{1,64}")) {
      return Future.succeededFuture(Optional.empty());
    }
    return vertx.executeBlocking(
        () -> {
          Path file = folder.resolve(id);
          try {
            if (isExpired(file)) {
              return Optional.empty();
            }
            ObjectNode info =
                Json.parse(Buffer.buffer(Files.readAllBytes(folder.resolve(id + INFO))));
            return Optional.of(
                new Stored(info.path("name").asText(), info.path("contentType").asText(), file));
          } catch (NoSuchFileException e) {
            return Optional.empty();
          }
        },
        false);
  }

  /** Deletes what has expired. Blocks. @return how many files */
  int deleteExpired() throws IOException {
    if (!Files.isDirectory(folder)) {
      return 0;
    }
    int deleted = 0;
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        try {
          if (isExpired(file) && Files.deleteIfExists(file)) {
            deleted++;
          }
        } catch (NoSuchFileException e) {
          LOG.trace("{} was deleted by another node", file);
        }
      }
    }
    return deleted;
  }

  void close() {
    vertx.cancelTimer(sweepTimer);
  }

  private boolean isExpired(Path file) throws IOException {
    Instant written = Files.getLastModifiedTime(file).toInstant();
    return !clock.instant().isBefore(written.plus(life));
  }
}
