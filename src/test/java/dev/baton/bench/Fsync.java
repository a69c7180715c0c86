package dev.baton.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What a durable append costs on the disk that is measured on: the floor of everything else. */
final class Fsync {
  private static final int COUNT = 2_000;
  private static final int BYTES = 4_096;

  private Fsync() {}

  static Times measure(Path folder) throws IOException {
    Path file = folder.resolve("fsync");
    long[] nanos = new long[COUNT];
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      ByteBuffer block = ByteBuffer.allocate(BYTES);
      for (int i = 0; i < COUNT; i++) {
        block.rewind();
        long begin = System.nanoTime();
        while (block.hasRemaining()) {
          channel.write(block);
        }
        channel.force(false);
        nanos[i] = System.nanoTime() - begin;
      }
    } finally {
      Files.deleteIfExists(file);
    }
    return Times.of(nanos);
  }
}
