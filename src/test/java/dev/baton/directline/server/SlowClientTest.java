package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that send a body slowly, to hold connections. */
class SlowClientTest {
  @TempDir Path uploads;
  private Service service;

  @BeforeEach
  void startService() {
    service =
        new Service(
            uploads,
            config -> config.bodyTimes(Duration.ofMillis(300), Duration.ofMillis(900)),
            router -> {});
  }

  @AfterEach
  void stopService() {
    service.close();
  }

  private Socket request(String headers) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), service.http.actualPort());
    socket.setSoTimeout(10_000);
    write(
        socket,
        "POST /v3/directline/conversations HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
            + Service.SECRET
            + "\r\nContent-Type: application/json\r\n"
            + headers
            + "\r\n\r\n");
    return socket;
  }

  private static void write(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static BufferedReader reader(Socket socket) throws IOException {
    return new BufferedReader(
        new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static void assertRefusedAndClosed(Socket socket) throws IOException {
    BufferedReader reader = reader(socket);
    assertThat(reader.readLine()).contains("408");
    String rest = "";
    for (String line = reader.readLine(); line != null; line = reader.readLine()) {
      rest += line;
    }
    assertThat(rest).contains("BTN-1030");
  }

  @Test
  void aBodyThatStopsIs408AndTheConnectionIsClosed() throws Exception {
    try (Socket socket = request("Content-Length: 100")) {
      write(socket, "{\"user\":");
      assertRefusedAndClosed(socket);
    }
    assertThat(service.start().status()).isEqualTo(201);
  }

  @Test
  void aBodyThatDripsIs408AndTheConnectionIsClosed() throws Exception {
    ScheduledExecutorService drip = Executors.newSingleThreadScheduledExecutor();
    try (Socket socket = request("Transfer-Encoding: chunked")) {
      ScheduledFuture<?> dripping =
          drip.scheduleAtFixedRate(
              () -> {
                try {
                  write(socket, "1\r\n \r\n");
                } catch (IOException closed) {
                  drip.shutdown();
                }
              },
              0,
              100,
              TimeUnit.MILLISECONDS);
      BufferedReader reader = reader(socket);
      assertThat(reader.readLine()).contains("408");
      dripping.cancel(true);
    } finally {
      drip.shutdownNow();
    }
  }

  @Test
  void aBodyInPiecesIsRead() throws Exception {
    try (Socket socket = request("Transfer-Encoding: chunked")) {
      write(socket, "1\r\n{\r\n");
      write(socket, "1\r\n}\r\n0\r\n\r\n");
      assertThat(reader(socket).readLine()).contains("201");
    }
  }
}
