package dev.baton.simulator.omnichannel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Instant;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Omnichannel with the Bot Connector between it and a bot: publishes keys, gives tokens, posts what
 * its customer says to the bot's messaging endpoint, and takes the bot's replies.
 */
public final class BotConnectorSimulator implements AutoCloseable {
  private static final String ISSUER = "https://api.botframework.com";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = vertx.createHttpClient();
  private final SigningKeys keys = new SigningKeys(ISSUER);
  private final HttpServer server;
  private final Map<String, List<JsonObject>> replies = new ConcurrentHashMap<>();
  private final Deque<Integer> failures = new ConcurrentLinkedDeque<>();
  private final Deque<String> given = new ConcurrentLinkedDeque<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final AtomicLong clock = new AtomicLong(System.currentTimeMillis());
  private final String appId;
  private final String appPassword;

  private BotConnectorSimulator(int port, String appId, String appPassword, String endpoint) {
    this.appId = appId;
    this.appPassword = appPassword;
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(routes(endpoint))
            .listen(port, "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
  }

  /**
   * @param port on loopback, 0 for any free one
   * @param appId the bot's application id
   * @param appPassword its secret
   */
  public static BotConnectorSimulator start(int port, String appId, String appPassword) {
    return new BotConnectorSimulator(port, appId, appPassword, null);
  }

  /**
   * The same with customers whom people play over JSON, at {@code /simulator/customers}.
   *
   * @param endpoint the bot's messaging endpoint
   */
  public static BotConnectorSimulator start(
      int port, String appId, String appPassword, String endpoint) {
    return new BotConnectorSimulator(port, appId, appPassword, endpoint);
  }

  /** Properties of a Baton whose bot of that name stands in this Omnichannel. */
  public Map<String, String> settings(String bot) {
    String prefix = "baton.channels.omnichannel." + bot + ".";
    return new TreeMap<>(
        Map.of(
            prefix + "app-id",
            appId,
            prefix + "app-password",
            appPassword,
            prefix + "openid-configuration",
            openIdConfiguration(),
            prefix + "token-url",
            tokenUrl(),
            prefix + "service-hosts",
            "127.0.0.1",
            "baton.allow-private-urls",
            "127.0.0.1"));
  }

  private Router routes(String endpoint) {
    Router router = Router.router(vertx);
    if (endpoint != null) {
      new ConnectorCustomers(this, endpoint).mount(router);
    }
    router
        .get("/.well-known/openidconfiguration")
        .handler(
            c -> c.json(new JsonObject().put("issuer", ISSUER).put("jwks_uri", url() + "/keys")));
    router.get("/keys").handler(c -> c.json(new JsonObject(keys.published())));
    router.post("/oauth2/v2.0/token").handler(BodyHandler.create()).handler(this::token);
    router
        .postWithRegex("/v3/conversations/(?<id>[^/]+)/activities(/.*)?")
        .handler(BodyHandler.create())
        .handler(this::reply);
    return router;
  }

  private void token(RoutingContext c) {
    boolean right =
        "client_credentials".equals(c.request().getFormAttribute("grant_type"))
            && appId.equals(c.request().getFormAttribute("client_id"))
            && appPassword.equals(c.request().getFormAttribute("client_secret"));
    if (!right) {
      c.response().setStatusCode(401);
      c.json(new JsonObject().put("error", "invalid_client"));
      return;
    }
    String token = "connector-token-" + tokens.incrementAndGet();
    given.add(token);
    c.json(
        new JsonObject()
            .put("token_type", "Bearer")
            .put("expires_in", 3599)
            .put("access_token", token));
  }

  private void reply(RoutingContext c) {
    Integer failure = failures.poll();
    if (failure != null) {
      if (failure == 401) {
        given.clear();
      }
      c.response().setStatusCode(failure).putHeader("Retry-After", "0").end();
      return;
    }
    String authorization = c.request().getHeader("Authorization");
    if (authorization == null
        || !authorization.startsWith("Bearer ")
        || !given.contains(authorization.substring(7))) {
      c.response().setStatusCode(401).end();
      return;
    }
    JsonObject activity = c.body().asJsonObject();
    replies.computeIfAbsent(c.pathParam("id"), id -> new CopyOnWriteArrayList<>()).add(activity);
    c.json(new JsonObject().put("id", Long.toString(clock.incrementAndGet())));
  }

  /** Answers the next replies with these statuses; 401 also makes every token given so far void. */
  public void failNext(Integer... statuses) {
    failures.addAll(List.of(statuses));
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  public String openIdConfiguration() {
    return url() + "/.well-known/openidconfiguration";
  }

  public String tokenUrl() {
    return url() + "/oauth2/v2.0/token";
  }

  public SigningKeys keys() {
    return keys;
  }

  /** How many tokens were given. */
  public int tokensGiven() {
    return tokens.get();
  }

  /** What the bot said in a conversation, in order. */
  public List<JsonObject> replies(String conversation) {
    return replies.getOrDefault(conversation, List.of());
  }

  /** The commands that the bot gave in a conversation, parsed out of its tags. */
  public List<JsonObject> commands(String conversation) {
    return replies(conversation).stream()
        .map(reply -> reply.getJsonObject("channelData", new JsonObject()).getString("tags"))
        .filter(tags -> tags != null && tags.startsWith("{"))
        .map(JsonObject::new)
        .toList();
  }

  /** What the customer sees: only what is bridged. */
  public List<String> seen(String conversation) {
    return replies(conversation).stream()
        .filter(
            reply ->
                "bridged"
                    .equals(
                        reply
                            .getJsonObject("channelData", new JsonObject())
                            .getString("deliveryMode")))
        .map(reply -> reply.getString("text", ""))
        .toList();
  }

  /** A token as the Bot Connector sends it with its calls. */
  public String token() {
    Instant now = Instant.now();
    return keys.token(appId, serviceClaim(), now.minusSeconds(60), now.plusSeconds(3600));
  }

  /** The claim that ties a token to this service. */
  public Map<String, String> serviceClaim() {
    return Map.of("serviceurl", url() + "/");
  }

  /** The context that comes before the customer speaks. */
  public JsonObject context(String conversation, JsonObject payload) {
    return activity(conversation, "event")
        .put("name", "startConversation")
        .put("text", payload.encode())
        .put("value", payload)
        .put(
            "channelData",
            new JsonObject()
                .put("tags", "ChannelId-lcw,OmnichannelContextMessage,Hidden")
                .put("sourceChannelId", "omnichannel"));
  }

  /** What the customer says. */
  public JsonObject message(String conversation, String text) {
    return activity(conversation, "message")
        .put("text", text)
        .put("channelData", new JsonObject().put("tags", "ChannelId-lcw,FromCustomer"));
  }

  /** An activity of the customer with an id and a time of the vendor's form. */
  public JsonObject activity(String conversation, String type) {
    long id = clock.incrementAndGet();
    return new JsonObject()
        .put("id", Long.toString(id))
        .put("type", type)
        .put("timestamp", id)
        .put("channelId", "lcw")
        .put("serviceUrl", url() + "/")
        .put("conversation", new JsonObject().put("id", conversation))
        .put("from", new JsonObject().put("id", "customer-of-" + conversation).put("role", 1))
        .put("recipient", new JsonObject().put("id", appId).put("name", "Shop bot"));
  }

  /** Posts an activity to a bot. @return the bot's status */
  public Future<Integer> post(String endpoint, JsonObject activity) {
    return post(endpoint, "Bearer " + token(), activity.toBuffer());
  }

  /** The same with another authorization, or null for none, and any body. */
  public Future<Integer> post(String endpoint, String authorization, Buffer body) {
    RequestOptions options =
        new RequestOptions()
            .setAbsoluteURI(endpoint)
            .setMethod(HttpMethod.POST)
            .putHeader("Content-Type", "application/json");
    if (authorization != null) {
      options.putHeader("Authorization", authorization);
    }
    return client
        .request(options)
        // In one go, on the event loop: a body that is asked for later may have passed.
        .compose(
            request ->
                request
                    .send(body)
                    .compose(answer -> answer.body().map(ignored -> answer.statusCode())));
  }

  /** A conversation id of the vendor's length. */
  public static String newConversation() {
    return UUID.randomUUID().toString();
  }

  @Override
  public void close() {
    client.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
