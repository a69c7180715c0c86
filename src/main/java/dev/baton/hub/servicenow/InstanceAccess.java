package dev.baton.hub.servicenow;

import dev.baton.configuration.HubSettings;
import dev.baton.hub.HubProperties;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * An instance as the service account of a hub sees it, with the same credentials as the hub's
 * routes but without them: for who examines an instance while Baton does not run.
 */
public final class InstanceAccess {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final String NO_TOKEN = "BTN-2307";

  private final ServiceNowConfig config;
  private final Credentials credentials;
  private final InstanceClient client;
  private final HttpClient http;

  public InstanceAccess(HubSettings hub) {
    Map<String, String> keys = hub.properties();
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    this.config = new ServiceNowConfig(hub.name(), new HubProperties((name, key) -> keys.get(key)));
    this.credentials = new Credentials(new OAuthTokens(http, Clock.systemUTC()));
    this.client = new InstanceClient(http, credentials);
  }

  /** The OAuth client was given no token. */
  public static final class NoTokenException extends IOException {
    private static final long serialVersionUID = 1;

    NoTokenException(IOException cause) {
      super(cause.getMessage(), cause);
    }

    /** The message without code and hub. */
    public String reason() {
      return getMessage().replaceFirst("^" + NO_TOKEN + " Hub [^:]*: ", "");
    }
  }

  /** Root of the instance, without a slash at the end. */
  public String url() {
    return config.url();
  }

  public boolean usesOauth() {
    return config.isSet("oauth-client-id");
  }

  /**
   * Asks with the transport's credentials; a refused OAuth token is renewed once.
   *
   * @throws NoTokenException when the OAuth client gets no token
   * @throws IOException when there is no answer in time
   */
  public HttpResponse<byte[]> get(URI uri) throws IOException {
    requireToken();
    return client.get(config, uri);
  }

  /**
   * Sends a request to the Virtual Agent API with everything that proves it.
   *
   * @throws NoTokenException when the OAuth client gets no token
   * @throws IOException when there is no answer in time
   */
  public HttpResponse<byte[]> send(Map<String, Object> request) throws IOException {
    requireToken();
    byte[] body = Texts.compact(request);
    HttpRequest.Builder call =
        HttpRequest.newBuilder(URI.create(config.url() + config.path()))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    credentials.headers(config, body).forEach(call::header);
    return sent(call);
  }

  /**
   * Asks with everything that proves a message, as of an empty body.
   *
   * @param more headers
   * @throws NoTokenException when the OAuth client gets no token
   * @throws IOException when there is no answer in time
   */
  public HttpResponse<byte[]> get(URI uri, Map<String, String> more) throws IOException {
    requireToken();
    HttpRequest.Builder call = HttpRequest.newBuilder(uri).GET();
    credentials.headers(config, new byte[0]).forEach(call::header);
    more.forEach(call::header);
    return sent(call);
  }

  private HttpResponse<byte[]> sent(HttpRequest.Builder call) throws IOException {
    HttpRequest request =
        call.header("Accept", "application/json").timeout(config.timeout()).build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private void requireToken() throws IOException {
    try {
      credentials.transport(config);
    } catch (IOException e) {
      boolean refused = String.valueOf(e.getMessage()).startsWith(NO_TOKEN);
      throw refused ? new NoTokenException(e) : e;
    }
  }
}
