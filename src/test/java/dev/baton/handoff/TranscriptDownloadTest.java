package dev.baton.handoff;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TranscriptDownloadTest {
  private final CountDownLatch over = new CountDownLatch(1);
  private HttpServer server;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.start();
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
  }

  @Test
  void theJsonBehindTheUrlIsRead() {
    byte[] json = "{\"activities\":[]}".getBytes(StandardCharsets.UTF_8);
    String url =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, json.length);
              exchange.getResponseBody().write(json);
              exchange.close();
            });
    assertThat(download(Duration.ofSeconds(20)).fetch(url).path("activities").isArray()).isTrue();
  }

  @Test
  void aBodyThatNeverEndsIsGivenUpAtTheLimit() {
    String url =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              exchange.getResponseBody().write('{');
              exchange.getResponseBody().flush();
              await();
            });
    assertThat(download(Duration.ofMillis(500)).fetch(url).isMissingNode()).isTrue();
  }

  @Test
  void aBodyThatIsTooLargeIsNotReadToItsEnd() {
    String url =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              try (OutputStream body = exchange.getResponseBody()) {
                for (int i = 0; i < 5; i++) {
                  body.write(new byte[1024 * 1024]);
                }
                body.flush();
                await();
              }
            });
    long start = System.nanoTime();
    assertThat(download(Duration.ofSeconds(25)).fetch(url).isMissingNode()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  private static TranscriptDownload download(Duration limit) {
    return new TranscriptDownload(url -> true, limit);
  }

  private void await() {
    try {
      over.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private String serve(HttpHandler handler) {
    server.createContext("/", handler);
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/transcript";
  }
}
