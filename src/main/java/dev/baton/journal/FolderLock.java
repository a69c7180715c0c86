package dev.baton.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps a second process away from a SQLite file. The operating system releases the lock when the
 * process ends in whatever way.
 */
final class FolderLock implements AutoCloseable {
  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock take(Path database) {
    Path file = database.resolveSibling(database.getFileName() + ".lock");
    try {
      if (file.getParent() != null) {
        Files.createDirectories(file.getParent());
      }
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(channel);
      if (lock == null) {
        channel.close();
        throw inUse(database, holder(file));
      }
      channel.truncate(0);
      channel.write(
          ByteBuffer.wrap(
              Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8)));
      return new FolderLock(channel);
    } catch (IOException e) {
      throw new JournalException(
          JournalException.CANNOT_OPEN,
          "Cannot use the folder of " + database + ": check that it may be written (" + e + ")",
          e);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException e) {
      return null; // held by this very process
    }
  }

  private static String holder(Path file) {
    try {
      return Files.readString(file).strip();
    } catch (IOException e) {
      return "unknown"; // some systems forbid reading a locked file
    }
  }

  private static JournalException inUse(Path database, String pid) {
    return new JournalException(
        JournalException.IN_USE,
        "The store "
            + database
            + " is in use by another Baton (process "
            + pid
            + "). Stop it, or give this one its own folder with baton.data",
        null);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
