package dev.baton.directline;

import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.WebSocketClientOptions;
import java.util.Map;
import java.util.function.Function;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.IdempotentRepository;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/**
 * Options of one bot. A bean of this type named {@code directline-<bot>} is the base of all
 * endpoints of that bot.
 */
@UriParams
public class DirectLineConfiguration extends DirectLineReceiveConfiguration implements Cloneable {

  @UriParam(
      defaultValue = "https://directline.botframework.com",
      description = "Root of the Direct Line service, without the API path; may have a path prefix")
  private String url = "https://directline.botframework.com";

  @UriParam(
      label = "advanced",
      defaultValue = "/v3/directline",
      description = "Path of the API below the root; emulators use /directline")
  private String apiPath = "/v3/directline";

  @UriParam(label = "security", secret = true, description = "Direct Line secret of the bot")
  private String secret;

  @UriParam(
      label = "security",
      description =
          "Copilot Studio's token endpoint, as shown there; no secret is needed with it. The"
              + " region's Direct Line root is asked from the same host")
  private String tokenEndpoint;

  @UriParam(
      label = "security",
      defaultValue = "true",
      description =
          "With a secret: make a token for each conversation, which is refreshed. When false, or"
              + " when the service cannot make tokens, the secret itself authorises every call")
  private boolean generateToken = true;

  @UriParam(defaultValue = "AUTO", description = "How activities are received")
  private DirectLineStream stream = DirectLineStream.AUTO;

  @UriParam(
      description =
          "Name of an event sent once after the start, for example startConversation; none when"
              + " empty")
  private String startEvent;

  @UriParam(
      label = "advanced",
      defaultValue = "pvaSetContext",
      description = "Name of the event that carries the context")
  private String contextEvent = "pvaSetContext";

  @UriParam(
      defaultValue = "true",
      description = "Whether the context given at the start is sent, before the start event")
  private boolean sendContext = true;

  @UriParam(
      label = "advanced",
      defaultValue = "batonMark",
      description =
          "Name of the field of channelData that holds the mark by which echoes are recognised")
  private String markName = "batonMark";

  private Function<String, Map<String, String>> requestHeaders = key -> Map.of();

  private boolean closedByBot = true;

  @UriParam(
      javaType = "java.time.Duration",
      defaultValue = "20s",
      description =
          "Limit for one request. The service itself waits 15 s for the bot, so less than that"
              + " makes little sense")
  private long requestTimeout = 20_000;

  @UriParam(
      label = "advanced",
      javaType = "java.time.Duration",
      defaultValue = "5s",
      description = "Limit for opening a connection")
  private long connectTimeout = 5_000;

  @UriParam(
      javaType = "java.time.Duration",
      defaultValue = "10s",
      description = "How long the echo of a post with unknown outcome is looked for")
  private long echoTimeout = 10_000;

  @UriParam(
      label = "advanced",
      defaultValue = "16",
      description = "Threads that run the routes of this bot's activities")
  private int workers = 16;

  @UriParam(
      label = "advanced",
      defaultValue = "512",
      description = "HTTP connections to the service; a post holds one until the bot has answered")
  private int maxConnections = 512;

  @UriParam(
      label = "producer",
      defaultValue = "4194304",
      description =
          "Largest upload, in bytes; the service answers larger ones with an unspecific error")
  private int maxUploadSize = 4194304;

  @UriParam(
      label = "advanced",
      description = "Keeps sessions over a restart; by default they live in memory")
  private DirectLineSessionStore sessionStore;

  @UriParam(
      label = "advanced",
      description =
          "Remembers over a restart which activities were processed; without it only the process"
              + " does, and activities may come again after a restart")
  private IdempotentRepository seenActivities;

  @UriParam(
      label = "advanced",
      description = "Vert.x options of the HTTP client: proxy, trust and the like")
  private HttpClientOptions httpClientOptions;

  @UriParam(
      label = "advanced",
      description = "Vert.x options of the WebSocket client: proxy, trust and the like")
  private WebSocketClientOptions webSocketClientOptions;

  public boolean isClosedByBot() {
    return closedByBot;
  }

  /**
   * Whether the bot's {@code endOfConversation} closes the conversation, which is the default. If
   * not, it is given to the route and receiving goes on until the operation {@code end}: for a
   * service that has something to say after the end.
   */
  public void setClosedByBot(boolean closedByBot) {
    this.closedByBot = closedByBot;
  }

  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public String getApiPath() {
    return apiPath;
  }

  public void setApiPath(String apiPath) {
    this.apiPath = apiPath;
  }

  public String getSecret() {
    return secret;
  }

  public void setSecret(String secret) {
    this.secret = secret;
  }

  public String getTokenEndpoint() {
    return tokenEndpoint;
  }

  public void setTokenEndpoint(String tokenEndpoint) {
    this.tokenEndpoint = tokenEndpoint;
  }

  public boolean isGenerateToken() {
    return generateToken;
  }

  public void setGenerateToken(boolean generateToken) {
    this.generateToken = generateToken;
  }

  public DirectLineStream getStream() {
    return stream;
  }

  public void setStream(DirectLineStream stream) {
    this.stream = stream;
  }

  public String getStartEvent() {
    return startEvent;
  }

  public void setStartEvent(String startEvent) {
    this.startEvent = startEvent;
  }

  public String getContextEvent() {
    return contextEvent;
  }

  public void setContextEvent(String contextEvent) {
    this.contextEvent = contextEvent;
  }

  public boolean isSendContext() {
    return sendContext;
  }

  public void setSendContext(boolean sendContext) {
    this.sendContext = sendContext;
  }

  public String getMarkName() {
    return markName;
  }

  public void setMarkName(String markName) {
    this.markName = markName;
  }

  /** Headers added to the calls of a conversation, by the caller's own key of it. */
  public Function<String, Map<String, String>> getRequestHeaders() {
    return requestHeaders;
  }

  /** For example a trace context. Not an option of the URI: it is code. */
  public void setRequestHeaders(Function<String, Map<String, String>> requestHeaders) {
    this.requestHeaders = requestHeaders;
  }

  public long getRequestTimeout() {
    return requestTimeout;
  }

  public void setRequestTimeout(long requestTimeout) {
    this.requestTimeout = requestTimeout;
  }

  public long getConnectTimeout() {
    return connectTimeout;
  }

  public void setConnectTimeout(long connectTimeout) {
    this.connectTimeout = connectTimeout;
  }

  public long getEchoTimeout() {
    return echoTimeout;
  }

  public void setEchoTimeout(long echoTimeout) {
    this.echoTimeout = echoTimeout;
  }

  public int getWorkers() {
    return workers;
  }

  public void setWorkers(int workers) {
    this.workers = workers;
  }

  public int getMaxConnections() {
    return maxConnections;
  }

  public void setMaxConnections(int maxConnections) {
    this.maxConnections = maxConnections;
  }

  public int getMaxUploadSize() {
    return maxUploadSize;
  }

  public void setMaxUploadSize(int maxUploadSize) {
    this.maxUploadSize = maxUploadSize;
  }

  public DirectLineSessionStore getSessionStore() {
    return sessionStore;
  }

  public void setSessionStore(DirectLineSessionStore sessionStore) {
    this.sessionStore = sessionStore;
  }

  public IdempotentRepository getSeenActivities() {
    return seenActivities;
  }

  public void setSeenActivities(IdempotentRepository seenActivities) {
    this.seenActivities = seenActivities;
  }

  public HttpClientOptions getHttpClientOptions() {
    return httpClientOptions;
  }

  public void setHttpClientOptions(HttpClientOptions httpClientOptions) {
    this.httpClientOptions = httpClientOptions;
  }

  public WebSocketClientOptions getWebSocketClientOptions() {
    return webSocketClientOptions;
  }

  public void setWebSocketClientOptions(WebSocketClientOptions webSocketClientOptions) {
    this.webSocketClientOptions = webSocketClientOptions;
  }

  /** A copy that can be changed on its own. */
  public DirectLineConfiguration copy() {
    try {
      return (DirectLineConfiguration) clone();
    } catch (CloneNotSupportedException e) {
      throw new RuntimeCamelException(e);
    }
  }
}
