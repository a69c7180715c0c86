package dev.baton.operations.doctor;

import dev.baton.operations.Probe;
import dev.baton.operations.ReachabilityProbe;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** One HTTP question after the other, each with a limit. */
public final class HttpAsk {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  /**
   * @throws IOException when there is no answer within 10 s; {@link #why} finds out more
   */
  public HttpResponse<String> ask(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  public HttpClient client() {
    return client;
  }

  /** Why a server that did not answer cannot be reached, without path and query. */
  public static String why(URI uri) {
    Probe.Result result = new ReachabilityProbe("doctor", uri).check();
    return result.up() ? ReachabilityProbe.where(uri) + " breaks the connection" : result.detail();
  }
}
