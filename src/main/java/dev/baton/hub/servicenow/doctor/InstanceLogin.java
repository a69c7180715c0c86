package dev.baton.hub.servicenow.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.baton.operations.doctor.HttpAsk;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The {@code Authorization} of the service account: Basic, or a token of {@code /oauth_token.do}.
 */
final class InstanceLogin {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpAsk http;
  private final URI url;
  private final Map<String, String> keys;
  private String bearer;

  /**
   * @param keys the hub's options
   */
  InstanceLogin(HttpAsk http, URI url, Map<String, String> keys) {
    this.http = http;
    this.url = url;
    this.keys = keys;
  }

  static boolean isOauth(Map<String, String> keys) {
    return !keys.getOrDefault("oauth-client-id", "").isEmpty();
  }

  /**
   * @return null when only Message Auth is configured
   * @throws TableProblem when the client gets no token
   */
  String authorization() throws TableProblem {
    if (!isOauth(keys) && key("username").isEmpty()) {
      return null;
    }
    if (!isOauth(keys)) {
      String pair = key("username") + ":" + key("password");
      return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
    if (bearer == null) {
      bearer = token();
    }
    return "Bearer " + bearer;
  }

  private String token() throws TableProblem {
    Map<String, String> form = new LinkedHashMap<>();
    boolean person = key("oauth-grant").equals("password");
    form.put("grant_type", person ? "password" : "client_credentials");
    form.put("client_id", key("oauth-client-id"));
    form.put("client_secret", key("oauth-client-secret"));
    if (person) {
      form.put("username", key("username"));
      form.put("password", key("password"));
    }
    if (!key("oauth-scope").isEmpty()) {
      form.put("scope", key("oauth-scope"));
    }
    String body =
        form.entrySet().stream()
            .map(pair -> pair.getKey() + "=" + encoded(pair.getValue()))
            .collect(Collectors.joining("&"));
    String own = key("oauth-token-url");
    URI endpoint = URI.create(own.isEmpty() ? url + "/oauth_token.do" : own);
    try {
      HttpResponse<String> answer =
          http.ask(
              HttpRequest.newBuilder(endpoint)
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .header("Accept", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(body)));
      JsonNode json = JSON.readTree(answer.body());
      String token = json.path("access_token").asText("");
      if (answer.statusCode() / 100 == 2 && !token.isEmpty()) {
        return token;
      }
      throw new TableProblem(
          TableProblem.Kind.NO_TOKEN,
          "HTTP " + answer.statusCode() + " " + json.path("error").asText(""));
    } catch (JsonProcessingException e) {
      throw new TableProblem(TableProblem.Kind.NOT_JSON, "a page instead of JSON");
    } catch (IOException e) {
      throw new TableProblem(TableProblem.Kind.UNREACHABLE, HttpAsk.why(endpoint));
    }
  }

  private String key(String name) {
    return keys.getOrDefault(name, "");
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
