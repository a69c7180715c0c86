package dev.baton.simulator.genesys;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.BodyHandler;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * A stand-in for Genesys Cloud on loopback: OAuth, Open Messaging with its webhook, notifications,
 * conversations, the import of bots, Architect flows that call a bot connector, and agents. It
 * keeps the vendor's rules and limits, and breaks them on demand.
 *
 * <pre>{@code
 * try (GenesysSimulator genesys = GenesysSimulator.start(GenesysSimulatorOptions.quick())) {
 *   genesys.webhook(webhookOfBaton);
 *   // Baton talks to genesys.url()
 *   GenesysConversation conversation = genesys.conversations().get(0);
 *   genesys.agents().accept(conversation);
 *   genesys.agents().say(conversation, "Hello");
 * }
 * }</pre>
 */
public final class GenesysSimulator implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final GenesysSimulatorOptions options;
  private final GenesysFaults faults = new GenesysFaults();
  private final OAuthTokens tokens;
  private final ApiGate gate;
  private final GenesysConversations conversations;
  private final WebhookSender webhook;
  private final GenesysAgents agents;
  private final GenesysNotifications notifications;
  private final GenesysBots bots;
  private final ConnectorCaller caller;
  private HttpServer server;

  private GenesysSimulator(GenesysSimulatorOptions options) {
    this.options = options;
    Clock clock = Clock.systemUTC();
    tokens = new OAuthTokens(options, clock);
    gate = new ApiGate(vertx, faults, tokens, options);
    conversations = new GenesysConversations(options);
    webhook = new WebhookSender(vertx, options, faults);
    agents = new GenesysAgents(options, conversations, webhook);
    notifications = new GenesysNotifications(vertx, options, faults, clock);
    bots = new GenesysBots(options.connectorIntegrationId);
    caller = new ConnectorCaller(vertx);
    conversations.legListener(new DetailEvents(notifications));
    onConversation(conversation -> {});
  }

  /**
   * Starts and returns when it is ready. Not to be called on an event loop.
   *
   * @throws GenesysSimulatorException when the port is taken
   */
  public static GenesysSimulator start(GenesysSimulatorOptions options) {
    GenesysSimulator simulator = new GenesysSimulator(options);
    try {
      simulator.server =
          simulator
              .vertx
              .createHttpServer(
                  new HttpServerOptions()
                      .setHost("127.0.0.1")
                      .setPort(options.port)
                      .setHttp2ClearTextEnabled(false))
              .requestHandler(simulator.router())
              .listen()
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      return simulator;
    } catch (CompletionException e) {
      simulator.close();
      throw new GenesysSimulatorException(
          "BTN-4781",
          "The simulator cannot listen on port %d (%s); choose another"
              .formatted(options.port, e.getCause().getMessage()),
          e);
    }
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.errorHandler(
        404, context -> Answers.error(context, 404, "not.found", "There is no such path"));
    new SimulatorControls(this).mount(router);
    router
        .route("/oauth/token")
        .handler(BodyHandler.create(false).setBodyLimit(64 << 10))
        .handler(gate::handle);
    router.post("/oauth/token").handler(tokens::issue);
    router.get("/oauth/authorize").handler(tokens::authorize);
    router
        .route("/api/v2/*")
        .handler(BodyHandler.create(false).setBodyLimit(4 << 20))
        .handler(gate::handle);
    router.get("/api/v2/users/me").handler(tokens::me);
    new OpenMessagingApi(options, faults, conversations).mount(router);
    new ConversationsApi(conversations).mount(router);
    new NotificationsApi(notifications, options.clientId).mount(router);
    bots.mount(router);
    new OutgoingApi(caller).mount(router);
    return router;
  }

  /** Root of the API and of the login: no slash at the end. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + server.actualPort());
  }

  public String clientId() {
    return options.clientId;
  }

  public String clientSecret() {
    return options.clientSecret;
  }

  /** Of the Open Messaging integration. */
  public String integrationId() {
    return options.integrationId;
  }

  /** Of the Bot Connector integration. */
  public String connectorIntegrationId() {
    return options.connectorIntegrationId;
  }

  public String webhookSecret() {
    return options.webhookSecret;
  }

  /** The options of a hub of type {@code genesys} that works with this simulator. */
  public Map<String, String> settings(String hub) {
    String prefix = "baton.hubs." + hub + ".";
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put(prefix + "type", "genesys");
    settings.put(prefix + "url", url().toString());
    settings.put(prefix + "login-url", url().toString());
    settings.put(prefix + "client-id", clientId());
    settings.put(prefix + "client-secret", clientSecret());
    settings.put(prefix + "integration-id", integrationId());
    settings.put(prefix + "webhook-secret", webhookSecret());
    return settings;
  }

  /** Sets where agents' messages are posted, from now on. */
  public void webhook(String url) {
    options.webhookUrl = url;
  }

  public WebhookSender webhook() {
    return webhook;
  }

  public GenesysFaults faults() {
    return faults;
  }

  public GenesysAgents agents() {
    return agents;
  }

  public GenesysNotifications notifications() {
    return notifications;
  }

  public GenesysBots bots() {
    return bots;
  }

  public ConnectorCaller connector() {
    return caller;
  }

  /** All conversations, the latest first. */
  public List<GenesysConversation> conversations() {
    return conversations.all();
  }

  /** The last conversation of a customer, by {@code channel.from.id}. */
  public Optional<GenesysConversation> conversationOf(String customerId) {
    return conversations.ofCustomer(customerId);
  }

  public Optional<GenesysConversation> conversation(String id) {
    return conversations.byId(id);
  }

  GenesysConversations registry() {
    return conversations;
  }

  /** Every call of the API in order of arrival; of very many the oldest are dropped. */
  public List<GenesysCall> calls() {
    return gate.calls();
  }

  /** How many tokens were given out. */
  public int tokensIssued() {
    return tokens.issued();
  }

  /** A token of an agent's own login. */
  public String agentToken(GenesysAgent agent) {
    return tokens.ofAgent(agent);
  }

  /** Forgets that any token was given out: the next call of each is answered 401. */
  public void revokeTokens() {
    tokens.revokeAll();
  }

  /** Lets a conversation begin, as a customer's first message does. */
  public GenesysConversation begin(String customerId, Map<String, String> attributes) {
    JsonObject data = new JsonObject();
    attributes.forEach(data::put);
    return conversations.forMessage(customerId, null, data);
  }

  /** What is done when a conversation begins, before its first message is answered. */
  public GenesysSimulator onConversation(Consumer<GenesysConversation> action) {
    conversations.onStart(
        conversation -> {
          if (options.flowText != null) {
            agents.flowSays(conversation, options.flowText);
          }
          action.accept(conversation);
        });
    return this;
  }

  /** What is done after a message of a customer was answered. */
  public GenesysSimulator onMessage(Consumer<GenesysConversation> action) {
    conversations.onMessage(action);
    return this;
  }

  @Override
  public void close() {
    webhook.close();
    caller.close();
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
