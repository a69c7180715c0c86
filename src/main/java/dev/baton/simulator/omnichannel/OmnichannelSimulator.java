package dev.baton.simulator.omnichannel;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Stands in for Dynamics 365 Omnichannel with a custom messaging channel: its tokens and keys, the
 * Messaging API with limits and error codes, availability, the webhook, and agents.
 */
public final class OmnichannelSimulator implements AutoCloseable {
  static final String CLIENT_ID = "22222222-3333-4444-8555-666666666666";
  static final String CLIENT_SECRET = "secret-of-the-simulated-client";
  static final String CHANNEL_ID = "11111111-2222-4333-8444-555555555555";
  static final String ORGANISATION_ID = "33333333-4444-4555-8666-777777777777";
  static final String TENANT = "simulated";
  static final String SCOPE = "https://simulated-c.crm.dynamics.com/.default";

  final Vertx vertx = Vertx.vertx();
  final OmnichannelOptions options;
  final List<OmnichannelConversation> conversations = new CopyOnWriteArrayList<>();
  final Changes changes = new Changes();
  private final Map<String, String> scopes = new ConcurrentHashMap<>();
  final OmnichannelFaults faults = new OmnichannelFaults();
  final OmnichannelAvailability availability = new OmnichannelAvailability();
  final AtomicLong clock = new AtomicLong(System.currentTimeMillis());
  private final SigningKeys keys;
  private final WebhookCaller caller;
  private final HttpServer server;
  private final Agents agents = new Agents(this);
  private volatile String webhook;
  private volatile Consumer<OmnichannelConversation> created = conversation -> {};
  private volatile boolean slow;

  private OmnichannelSimulator(OmnichannelOptions options) {
    this.options = options;
    this.webhook = options.webhook();
    this.server =
        vertx
            .createHttpServer()
            .requestHandler(routes())
            .listen(options.port(), "127.0.0.1")
            .toCompletionStage()
            .toCompletableFuture()
            .join();
    this.keys = new SigningKeys(issuer());
    this.caller = new WebhookCaller(vertx, keys, CLIENT_ID, options);
  }

  /** Starts and returns when it listens. */
  public static OmnichannelSimulator start(OmnichannelOptions options) {
    return new OmnichannelSimulator(options);
  }

  private Router routes() {
    Router router = Router.router(vertx);
    router.route().handler(BodyHandler.create(false));
    new SimulatedEntra(this).mount(router);
    new MessagingApi(this).mount(router);
    new AgentApi(this).mount(router);
    return router;
  }

  public String url() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  String issuer() {
    return url() + "/" + TENANT + "/v2.0";
  }

  public SigningKeys keys() {
    return keys;
  }

  /** The keys of a Baton's hub, without the prefix, that fit this simulator. */
  public Map<String, String> settings() {
    return Map.ofEntries(
        Map.entry("type", "omnichannel"),
        Map.entry("url", url()),
        Map.entry("client-id", CLIENT_ID),
        Map.entry("client-secret", CLIENT_SECRET),
        Map.entry("scope", SCOPE),
        Map.entry("channel-id", CHANNEL_ID),
        Map.entry("organization-id", ORGANISATION_ID),
        Map.entry("tenant", TENANT),
        Map.entry("authority", url()),
        Map.entry("dataverse-url", url()),
        Map.entry("workstream", "8a581641-0000-4000-8000-55e0cfa0fc63"));
  }

  /** Properties of a Baton that has this simulator as a hub of that name. */
  public Map<String, String> settings(String hub) {
    Map<String, String> properties = new TreeMap<>();
    settings().forEach((key, value) -> properties.put("baton.hubs." + hub + "." + key, value));
    return properties;
  }

  /** A token for a scope, from now on good. */
  String giveToken(String scope) {
    String token = UUID.randomUUID().toString();
    scopes.put(token, scope);
    return token;
  }

  /** What the bearer of these words may use, or null when they are no token. */
  String scopeOf(String authorization) {
    return authorization != null && authorization.startsWith("Bearer ")
        ? scopes.get(authorization.substring("Bearer ".length()))
        : null;
  }

  /** Every token that was given so far has expired. */
  public void expireTokens() {
    scopes.clear();
  }

  /** Where events go from now on: {@code <public-url>/hubs/<hub>}. */
  public void webhook(String base) {
    webhook = base;
  }

  /** Told of every conversation after it was created and before the answer. */
  public void onCreated(Consumer<OmnichannelConversation> action) {
    created = action;
  }

  /** Whether the answer to an opening takes half a second. */
  public void slow(boolean isSlow) {
    slow = isSlow;
  }

  boolean isSlow() {
    return slow;
  }

  void created(OmnichannelConversation conversation) {
    Consumer<OmnichannelConversation> action = created;
    vertx.executeBlocking(
        () -> {
          action.accept(conversation);
          return null;
        },
        false);
  }

  public List<OmnichannelConversation> conversations() {
    return List.copyOf(conversations);
  }

  /** The conversation that was opened for a handoff. */
  public Optional<OmnichannelConversation> conversationOf(String handoffId) {
    return conversations.stream().filter(c -> handoffId.equals(c.handoffId())).findFirst();
  }

  Optional<OmnichannelConversation> conversation(String id) {
    return conversations.stream().filter(c -> c.id().equals(id)).findFirst();
  }

  public Agents agents() {
    return agents;
  }

  public OmnichannelFaults faults() {
    return faults;
  }

  public OmnichannelAvailability availability() {
    return availability;
  }

  /** Sends an activity to the webhook. @return its last status */
  Future<Integer> tell(OmnichannelConversation conversation, JsonObject activity) {
    conversation.say(activity);
    if (webhook == null) {
      return Future.failedFuture("No webhook is known");
    }
    return caller.call(
        webhook, conversation.id(), options.pascal() ? WebhookCaller.pascal(activity) : activity);
  }

  /** Sends an activity with another authorization, or null for none; one try. */
  public Future<Integer> tell(
      OmnichannelConversation conversation, JsonObject activity, String authorization) {
    return caller.once(webhook, conversation.id(), activity, authorization);
  }

  JsonArray overview() {
    JsonArray all = new JsonArray();
    conversations.forEach(
        c ->
            all.add(
                new JsonObject()
                    .put("id", c.id())
                    .put("state", c.state().name())
                    .put("agent", c.agent())
                    .put(
                        "customer",
                        c.request()
                            .getJsonObject("customercontext", new JsonObject())
                            .getString("preferredname"))
                    .put("startMessage", c.startMessage())
                    .put("context", c.request().getJsonObject("conversationcontext"))
                    .put("received", new JsonArray(c.received()))
                    .put("said", new JsonArray(c.said()))
                    .put("lines", new JsonArray(c.lines()))));
    return all;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
