package dev.baton.operations;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;

/** Whether an HTTP server answers at all; any status but 5xx is an answer. Sends no credentials. */
public final class ReachabilityProbe implements Probe {
  private static final Duration LIMIT = Duration.ofSeconds(3);

  private final String name;
  private final URI uri;
  private final HttpClient client;

  public ReachabilityProbe(String name, URI uri) {
    this.name = name;
    this.uri = uri;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Result check() {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method("HEAD", HttpRequest.BodyPublishers.noBody())
            .timeout(LIMIT)
            .build();
    try {
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      return status == 502 || status == 503 || status == 504
          ? Result.down(where(uri) + " answers " + status)
          : Result.up(where(uri) + " answers");
    } catch (HttpTimeoutException e) {
      return Result.down(where(uri) + " does not answer within " + LIMIT.toSeconds() + " s");
    } catch (ConnectException e) {
      boolean unknown =
          e.getCause() instanceof UnresolvedAddressException
              || e.getCause() instanceof UnknownHostException;
      return Result.down(where(uri) + (unknown ? ": unknown host" : " refuses the connection"));
    } catch (IOException e) {
      return Result.down(where(uri) + ": " + e.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Result.down("interrupted");
    }
  }

  /** Without path and query: these may hold keys. */
  public static String where(URI uri) {
    return uri.getScheme() + "://" + uri.getHost() + (uri.getPort() < 0 ? "" : ":" + uri.getPort());
  }
}
