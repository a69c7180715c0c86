package dev.baton.handoff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
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
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();
  private final Predicate<String> allowed;

  /**
   * @param allowed whether a URL that came in a message may be called
   */
  public TranscriptDownload(Predicate<String> allowed) {
    this.allowed = allowed;
  }

  /** The JSON behind the URL, or a missing node when it may not or cannot be fetched. Blocks. */
  public JsonNode fetch(String url) {
    if (!allowed.test(url)) {
      LOG.warn(
          "The bot's transcript is behind an address that must not be called; the journal's copy is used");
      return MissingNode.getInstance();
    }
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url))
              .timeout(LIMIT)
              .header("Accept", "application/json")
              .build();
      HttpResponse<InputStream> response =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_BYTES + 1);
        if (response.statusCode() == 200 && bytes.length <= MAX_BYTES) {
          return JSON.readTree(bytes);
        }
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
}
