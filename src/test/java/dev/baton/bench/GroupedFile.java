package dev.baton.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/** A file to which everything that waits is appended with one fsync. */
final class GroupedFile {
  private static final int GROUP = 512;

  private record Line(Buffer bytes, Promise<Void> durable) {}

  private final LinkedBlockingQueue<Line> queue = new LinkedBlockingQueue<>();
  private final FileChannel channel;

  GroupedFile(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    Thread writer = new Thread(this::write, "writer");
    writer.setDaemon(true);
    writer.start();
  }

  /** Completes once the line is on the disk; to be called on an event loop. */
  Future<Void> append(Promise<Void> durable, Buffer line) {
    queue.add(new Line(line, durable));
    return durable.future();
  }

  private void write() {
    List<Line> group = new ArrayList<>(GROUP);
    try {
      while (true) {
        group.add(queue.take());
        queue.drainTo(group, GROUP - 1);
        Buffer all = Buffer.buffer();
        group.forEach(line -> all.appendBuffer(line.bytes()).appendByte((byte) '\n'));
        ByteBuffer bytes = ByteBuffer.wrap(all.getBytes());
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        channel.force(false);
        group.forEach(line -> line.durable().complete());
        group.clear();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
