package dev.baton.hub.servicenow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;

/** Calls to the instance's other APIs, with the transport's credentials. Blocks. */
final class InstanceClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final Credentials credentials;

  InstanceClient(HttpClient client, Credentials credentials) {
    this.client = client;
    this.credentials = credentials;
  }

  HttpResponse<byte[]> get(ServiceNowConfig config, URI uri) throws IOException {
    return call(config, uri, "GET", null, BodyPublishers.noBody());
  }

  HttpResponse<byte[]> post(ServiceNowConfig config, URI uri, String type, byte[] body)
      throws IOException {
    return call(config, uri, "POST", type, BodyPublishers.ofByteArray(body));
  }

  /** An OAuth token that was refused is renewed, once. */
  private HttpResponse<byte[]> call(
      ServiceNowConfig config, URI uri, String method, String type, BodyPublisher body)
      throws IOException {
    HttpResponse<byte[]> answer = once(config, uri, method, type, body);
    return answer.statusCode() == 401 && credentials.refused(config)
        ? once(config, uri, method, type, body)
        : answer;
  }

  private HttpResponse<byte[]> once(
      ServiceNowConfig config, URI uri, String method, String type, BodyPublisher body)
      throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(config.timeout())
            .header("Accept", "application/json")
            .method(method, body);
    credentials.transport(config).forEach(request::header);
    if (type != null) {
      request.header("Content-Type", type);
    }
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** The answer's JSON; a missing node when it is something else. */
  static JsonNode json(HttpResponse<byte[]> answer) throws IOException {
    if (isPage(answer.statusCode(), answer.headers().firstValue("Content-Type").orElse(""))) {
      return JSON.missingNode();
    }
    try {
      return JSON.readTree(answer.body());
    } catch (JsonProcessingException e) {
      return JSON.missingNode();
    }
  }

  /** Whether something else than the API answered: a page, or the way to one. */
  static boolean isPage(int status, String contentType) {
    return (status >= 300 && status < 400) || contentType.toLowerCase(Locale.ROOT).contains("html");
  }
}
