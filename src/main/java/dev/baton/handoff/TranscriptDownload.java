package dev.baton.handoff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Fetches a transcript that a bot put behind a URL. A handoff never fails for lack of it. */
public final class TranscriptDownload {
  private static final Logger LOG = LoggerFactory.getLogger(TranscriptDownload.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 4 * 1024 * 1024;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final Predicate<String> allowed;
  private final Duration limit;

  /**
   * @param allowed whether a URL that came in a message may be called
   */
  public TranscriptDownload(Predicate<String> allowed) {
    this(allowed, LIMIT);
  }

  /**
   * @param limit for the whole download, from the connection to the last byte
   */
  TranscriptDownload(Predicate<String> allowed, Duration limit) {
    this.allowed = allowed;
    this.limit = limit;
  }

  /** The JSON behind the URL, or a missing node when it may not or cannot be fetched. Blocks. */
  public JsonNode fetch(String url) {
    if (!allowed.test(url)) {
      LOG.warn(
          "The bot's transcript is behind an address that must not be called; the journal's copy is"
              + " used");
      return MissingNode.getInstance();
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url)).header("Accept", "application/json").build();
      HttpResponse<byte[]> response = download(request);
      if (response.statusCode() == 200) {
        return JSON.readTree(response.body());
      }
      LOG.warn(
          "The bot's transcript could not be fetched (status {}); the journal's copy is used",
          response.statusCode());
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn(
          "The bot's transcript could not be fetched ({}); the journal's copy is used",
          e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return MissingNode.getInstance();
  }

  /** A request's own time-out ends with the headers, so the whole is waited for here. */
  private HttpResponse<byte[]> download(HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new LimitedBody(MAX_BYTES));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("not complete within " + limit.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().toString(), e);
    } finally {
      answer.cancel(true); // ends the exchange when it is still under way
    }
  }
}
