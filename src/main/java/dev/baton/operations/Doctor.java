package dev.baton.operations;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Asks bots and hubs, with the configured credentials, whether Baton may work with them. */
public final class Doctor {
  private static final Duration LIMIT = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(LIMIT).build();

  public Doctor(Settings settings) {
    this.settings = settings;
  }

  /**
   * @param subject for example {@code bot shop}
   * @param detail what was found, and what to do when it is not well
   */
  public record Finding(String subject, boolean well, String detail) {}

  /** Asks everything, one after the other. */
  public List<Finding> examine() {
    List<Finding> findings = new ArrayList<>();
    settings.bots().values().forEach(bot -> findings.add(bot(bot)));
    settings.hubs().values().forEach(hub -> findings.add(hub(hub)));
    return findings;
  }

  private Finding bot(BotSettings bot) {
    String subject = "bot " + bot.name();
    HttpRequest.Builder request;
    String credential;
    if (bot.tokenEndpoint() != null) {
      credential = "token-endpoint";
      request = HttpRequest.newBuilder(bot.tokenEndpoint()).GET();
    } else {
      credential = "secret";
      String root = bot.url().toString().replaceAll("/+$", "");
      request =
          HttpRequest.newBuilder(URI.create(root + "/v3/directline/tokens/generate"))
              .header("Authorization", "Bearer " + bot.secret().reveal())
              .POST(HttpRequest.BodyPublishers.noBody());
    }
    try {
      HttpResponse<String> answer = send(request);
      int status = answer.statusCode();
      if (status == 200 && JSON.readTree(answer.body()).hasNonNull("token")) {
        return new Finding(subject, true, "gives a token");
      }
      String remedy =
          status == 401 || status == 403
              ? "; check baton.bots." + bot.name() + "." + credential
              : "; check the URL";
      return new Finding(subject, false, "gives no token (HTTP " + status + ")" + remedy);
    } catch (JsonProcessingException e) {
      return new Finding(subject, false, "answers something other than JSON; check the URL");
    } catch (IOException e) {
      return unreachable(subject, bot.tokenEndpoint() != null ? bot.tokenEndpoint() : bot.url());
    }
  }

  private Finding hub(HubSettings hub) {
    String subject = "hub " + hub.name();
    String url = hub.properties().get("url");
    if (url == null) {
      return new Finding(subject, true, "type " + hub.type() + ", nothing to reach");
    }
    if (!hub.type().equals("http")) {
      Probe.Result result = new ReachabilityProbe(subject, URI.create(url)).check();
      return new Finding(subject, result.up(), result.detail());
    }
    URI availability = URI.create(url.replaceAll("/+$", "") + "/availability");
    HttpRequest.Builder request = HttpRequest.newBuilder(availability).GET();
    String token = hub.properties().get("token");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    try {
      int status = send(request).statusCode();
      boolean refused = status == 401 || status == 403;
      return new Finding(
          subject,
          !refused && status < 500,
          "answers " + status + (refused ? "; check baton.hubs." + hub.name() + ".token" : ""));
    } catch (IOException e) {
      return unreachable(subject, availability);
    }
  }

  private static Finding unreachable(String subject, URI uri) {
    Probe.Result result = new ReachabilityProbe(subject, uri).check();
    String detail = result.up() ? "breaks the connection" : result.detail();
    return new Finding(subject, false, detail);
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return client.send(request.timeout(LIMIT).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }
}
