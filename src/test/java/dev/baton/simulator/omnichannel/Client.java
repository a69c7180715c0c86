package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of the simulated APIs, by plain HTTP. */
final class Client {
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  record Answer(int status, String body, String correlation, String retryAfter) {
    JsonObject json() {
      return new JsonObject(body);
    }

    int code() {
      return json().getInteger("code");
    }
  }

  private final OmnichannelSimulator omnichannel;
  private String token;

  Client(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
    this.token = token(OmnichannelSimulator.SCOPE).json().getString("access_token");
  }

  Client bearing(String other) {
    token = other;
    return this;
  }

  Answer token(String scope) {
    return token(OmnichannelSimulator.CLIENT_SECRET, scope);
  }

  Answer token(String secret, String scope) {
    String form =
        "grant_type=client_credentials&client_id=%s&client_secret=%s&scope=%s"
            .formatted(OmnichannelSimulator.CLIENT_ID, secret, scope);
    return send(
        "POST",
        "/simulated/oauth2/v2.0/token",
        form,
        "Content-Type",
        "application/x-www-form-urlencoded");
  }

  /** A call of the Messaging API; the path is below {@code /api/v1.0/consumer}. */
  Answer call(String method, String path, JsonObject body) {
    return call(
        method,
        path,
        body == null ? null : body.encode(),
        OmnichannelSimulator.ORGANISATION_ID,
        OmnichannelSimulator.CHANNEL_ID);
  }

  Answer call(String method, String path, String body, String organisation, String channel) {
    return send(
        method,
        "/api/v1.0/consumer" + path,
        body,
        "Authorization",
        "Bearer " + token,
        "organization-id",
        organisation,
        "channel-id",
        channel);
  }

  Answer availability(JsonObject question) {
    return send(
        "POST",
        "/api/data/v9.2/CCaaS_GetRepresentativeAvailabilityBeforeConversation",
        question.encode(),
        "Authorization",
        "Bearer " + token);
  }

  Answer send(String method, String path, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(omnichannel.url() + path))
            .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    try {
      HttpResponse<String> answer = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(
          answer.statusCode(),
          answer.body(),
          answer.headers().firstValue("x-ms-correlation-id").orElse(null),
          answer.headers().firstValue("Retry-After").orElse(null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
