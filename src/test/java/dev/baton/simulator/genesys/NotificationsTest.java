package dev.baton.simulator.genesys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.mypurecloud.sdk.v2.model.Channel;
import com.mypurecloud.sdk.v2.model.ChannelTopicEntityListing;
import com.mypurecloud.sdk.v2.model.UserEndDetailEventTopicUserEndEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class NotificationsTest {
  private static final String CHANNELS = "/api/v2/notifications/channels";
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static GenesysSimulator genesys;
  private static Webhook webhook;
  private static Api api;
  private final String customer = "listener-" + NUMBER.incrementAndGet();

  /** What came over one socket. */
  private static final class Socket implements WebSocket.Listener {
    final List<JsonObject> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder part = new StringBuilder();
    volatile String closed;
    WebSocket socket;

    static Socket open(String uri) {
      Socket socket = new Socket();
      socket.socket = Api.CLIENT.newWebSocketBuilder().buildAsync(URI.create(uri), socket).join();
      return socket;
    }

    List<JsonObject> of(String topic) {
      return frames.stream().filter(f -> f.getString("topicName").equals(topic)).toList();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      part.append(data);
      if (last) {
        frames.add(new JsonObject(part.toString()));
        part.setLength(0);
      }
      from.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
      closed = "politely";
      return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      closed = "broken";
    }
  }

  @BeforeAll
  static void start() {
    webhook = new Webhook();
    genesys =
        GenesysSimulator.start(
            GenesysSimulatorOptions.quick()
                .webhookUrl(webhook.url())
                .rate(10_000, Duration.ofMinutes(1)));
    api = new Api(genesys).login();
  }

  @AfterAll
  static void stop() {
    genesys.close();
    webhook.close();
  }

  @AfterEach
  void disarm() {
    genesys.faults().clear();
  }

  @Test
  void theEndOfAnAgentsLegIsToldToWhoSubscribedAndATransferIsNamedOne() throws Exception {
    GenesysConversation conversation = api.open(customer);
    String topic = "v2.detail.events.conversation." + conversation.id() + ".user.end";
    Socket socket = subscribed(topic);
    genesys.agents().accept(conversation);
    genesys.agents().transfer(conversation, GenesysAgent.SAM, DisconnectType.TRANSFER);
    genesys.agents().leave(conversation);
    await().atMost(Duration.ofSeconds(30)).until(() -> socket.of(topic).size() == 2);
    assertThat(socket.of(topic))
        .extracting(f -> f.getJsonObject("eventBody").getString("disconnectType"))
        .containsExactly("TRANSFER", "CLIENT");
    JsonObject body = socket.of(topic).get(0).getJsonObject("eventBody");
    // The vendor's model has 32 bits for this number of milliseconds since 1970.
    assertThat((Long) body.remove("eventTime")).isGreaterThan(Integer.MAX_VALUE);
    UserEndDetailEventTopicUserEndEvent model =
        new ObjectMapper().readValue(body.encode(), UserEndDetailEventTopicUserEndEvent.class);
    assertThat(model.getConversationId()).isEqualTo(conversation.id());
    assertThat(model.getDisconnectType())
        .isEqualTo(UserEndDetailEventTopicUserEndEvent.DisconnectTypeEnum.TRANSFER);
    assertThat(model.getUserId()).isEqualTo(GenesysAgent.ROBIN.id());
  }

  @Test
  void anUnansweredAlertIsATransferForWantOfAnAnswer() {
    GenesysConversation conversation = api.open(customer);
    String topic = "v2.detail.events.conversation." + conversation.id() + ".user.end";
    Socket socket = subscribed(topic);
    genesys.agents().alert(conversation, GenesysAgent.ROBIN);
    genesys.agents().leaveUnanswered(conversation);
    await().atMost(Duration.ofSeconds(30)).until(() -> socket.of(topic).size() == 1);
    assertThat(socket.of(topic).get(0).getJsonObject("eventBody").getString("disconnectType"))
        .isEqualTo("NO_ANSWER_TRANSFER");
    assertThat(conversation.state()).isEqualTo("queue");
  }

  @Test
  void heartbeatsComeByThemselvesAndAPingIsAnswered() {
    Socket socket = subscribed("v2.users.x");
    socket.socket.sendText("{\"message\":\"ping\"}", true);
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(socket.of("channel.metadata"))
                    .extracting(f -> f.getJsonObject("eventBody").getString("message"))
                    .contains("pong", "WebSocket Heartbeat"));
  }

  @Test
  void aCloseIsAnnouncedBeforeItHappens() {
    Socket socket = subscribed("v2.users.x");
    genesys.notifications().announceClose();
    await().atMost(Duration.ofSeconds(30)).until(() -> "politely".equals(socket.closed));
    assertThat(socket.of("v2.system.socket_closing")).hasSize(1);
  }

  @Test
  void anEventDuringAGapIsLost() {
    GenesysConversation conversation = api.open(customer);
    String topic = "v2.detail.events.conversation." + conversation.id() + ".user.end";
    Socket socket = subscribed(topic);
    genesys.agents().accept(conversation);
    genesys.faults().arm(GenesysFaultKind.SOCKET_DROP);
    int lost = genesys.notifications().lost();
    genesys.agents().leave(conversation);
    await().atMost(Duration.ofSeconds(30)).until(() -> "broken".equals(socket.closed));
    assertThat(socket.of(topic)).isEmpty();
    assertThat(genesys.notifications().lost()).isEqualTo(lost + 1);
  }

  @Test
  void oneChannelHasOneSocket() {
    String uri = channel().getConnectUri();
    int before = genesys.notifications().socketsEver();
    Socket first = Socket.open(uri);
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> genesys.notifications().socketsEver() > before);
    Socket second = Socket.open(uri);
    await().atMost(Duration.ofSeconds(30)).until(() -> first.closed != null);
    assertThat(second.closed).isNull();
  }

  @Test
  void aChannelTakesAThousandTopicsAndNoMore() throws Exception {
    Channel channel = channel();
    HttpResponse<String> full = api.call("POST", subscriptions(channel), manyTopics(0, 1000));
    assertThat(full.statusCode()).isEqualTo(200);
    assertThat(
            new ObjectMapper()
                .readValue(full.body(), ChannelTopicEntityListing.class)
                .getEntities())
        .hasSize(1000);
    assertThat(api.call("POST", subscriptions(channel), manyTopics(1000, 1)).statusCode())
        .isEqualTo(400);
    assertThat(api.call("PUT", subscriptions(channel), manyTopics(1000, 1)).statusCode())
        .isEqualTo(200);
    assertThat(new JsonObject(api.get(subscriptions(channel)).body()).getJsonArray("entities"))
        .hasSize(1);
    assertThat(api.call("POST", subscriptions(channel), "{}").statusCode()).isEqualTo(400);
  }

  @Test
  void theTwentyFirstChannelReplacesTheOldestIdleOne() {
    try (GenesysSimulator other = GenesysSimulator.start(GenesysSimulatorOptions.quick())) {
      Api client = new Api(other).login();
      List<JsonObject> made =
          IntStream.range(0, 20)
              .mapToObj(i -> new JsonObject(client.call("POST", CHANNELS, "{}").body()))
              .toList();
      Socket inUse = Socket.open(made.get(0).getString("connectUri"));
      await().atMost(Duration.ofSeconds(30)).until(() -> other.notifications().sockets() == 1);
      client.call("POST", CHANNELS, "{}");
      assertThat(other.notifications().channels()).isEqualTo(20);
      assertThat(inUse.closed).isNull();
      String second = CHANNELS + "/" + made.get(1).getString("id") + "/subscriptions";
      assertThat(client.get(second).statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aChannelLivesItsTimeUnlessTopicsAreSubscribedAgain() {
    try (GenesysSimulator other =
        GenesysSimulator.start(
            GenesysSimulatorOptions.quick().channelLife(Duration.ofMillis(300)))) {
      Api client = new Api(other).login();
      JsonObject kept = new JsonObject(client.call("POST", CHANNELS, "{}").body());
      String path = CHANNELS + "/" + kept.getString("id") + "/subscriptions";
      Socket socket =
          Socket.open(
              new JsonObject(client.call("POST", CHANNELS, "{}").body()).getString("connectUri"));
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () -> {
                client.call("POST", path, Api.topics("v2.users.x"));
                return socket.closed != null;
              });
      assertThat(client.get(path).statusCode()).isEqualTo(200);
      assertThat(other.notifications().channels()).isEqualTo(1);
    }
  }

  private static Socket subscribed(String topic) {
    Channel channel = channel();
    api.call("POST", subscriptions(channel), Api.topics(topic));
    int before = genesys.notifications().socketsEver();
    Socket socket = Socket.open(channel.getConnectUri());
    // The client may know of the open socket before the server does.
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> genesys.notifications().socketsEver() > before);
    return socket;
  }

  private static Channel channel() {
    HttpResponse<String> made = api.call("POST", CHANNELS, "{}");
    try {
      return new ObjectMapper().readValue(made.body(), Channel.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String subscriptions(Channel channel) {
    return CHANNELS + "/" + channel.getId() + "/subscriptions";
  }

  private static JsonArray manyTopics(int from, int count) {
    return Api.topics(
        IntStream.range(from, from + count).mapToObj(i -> "v2.users." + i).toArray(String[]::new));
  }
}
