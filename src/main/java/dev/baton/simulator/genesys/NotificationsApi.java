package dev.baton.simulator.genesys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Channels and subscriptions over HTTP. */
final class NotificationsApi {
  private static final String CHANNELS = "/api/v2/notifications/channels";

  private final GenesysNotifications notifications;
  private final String client;

  /**
   * @param client whose channels they are; the simulator knows one
   */
  NotificationsApi(GenesysNotifications notifications, String client) {
    this.notifications = notifications;
    this.client = client;
  }

  void mount(Router router) {
    router
        .post(CHANNELS)
        .handler(
            context -> Answers.json(context, 200, json(context, notifications.create(client))));
    router.get(CHANNELS).handler(this::list);
    String subscriptions = CHANNELS + "/:id/subscriptions";
    router
        .get(subscriptions)
        .handler(context -> with(context, channel -> topics(context, channel)));
    router.post(subscriptions).handler(context -> subscribe(context, false));
    router.put(subscriptions).handler(context -> subscribe(context, true));
    router
        .delete(subscriptions)
        .handler(
            context ->
                with(
                    context,
                    channel -> {
                      channel.unsubscribeAll();
                      Answers.empty(context, 204);
                    }));
    router.get("/channels/:id").handler(this::socket);
  }

  private void socket(RoutingContext context) {
    var channel = notifications.channel(context.pathParam("id"));
    if (channel.isEmpty()) {
      Answers.error(context, 404, "not.found", "No such channel");
      return;
    }
    context
        .request()
        .toWebSocket()
        .onSuccess(
            socket -> notifications.accept(channel.get(), socket, context.request().connection()));
  }

  private void list(RoutingContext context) {
    JsonArray entities = new JsonArray();
    notifications.of(client).forEach(channel -> entities.add(json(context, channel)));
    Answers.json(context, 200, new JsonObject().put("entities", entities));
  }

  private static JsonObject json(RoutingContext context, NotificationChannel channel) {
    return new JsonObject()
        .put("id", channel.id)
        .put("connectUri", "ws://" + context.request().authority() + "/channels/" + channel.id)
        .put("expires", channel.expires().toString());
  }

  private void subscribe(RoutingContext context, boolean replace) {
    with(
        context,
        channel -> {
          Set<String> topics = new LinkedHashSet<>();
          try {
            for (Object topic : context.body().asJsonArray()) {
              String id = ((JsonObject) topic).getString("id");
              if (id == null || !id.startsWith("v2.")) {
                throw new ClassCastException();
              }
              topics.add(id);
            }
          } catch (DecodeException | ClassCastException | NullPointerException e) {
            Answers.error(
                context, 400, "bad.request", "The body must be an array of {\"id\": \"v2.…\"}");
            return;
          }
          if (notifications.subscribe(channel, topics, replace)) {
            topics(context, channel);
          } else {
            Answers.error(
                context,
                400,
                "notifications.too.many.topics",
                "A channel takes a limited number of topics; open another one");
          }
        });
  }

  private static void topics(RoutingContext context, NotificationChannel channel) {
    JsonArray entities = new JsonArray();
    for (String topic : channel.topics()) {
      entities.add(
          new JsonObject()
              .put("id", topic)
              .put("state", "Permitted")
              .put("selfUri", "/api/v2/notifications/channels/" + channel.id + "/subscriptions"));
    }
    Answers.json(context, 200, new JsonObject().put("entities", entities));
  }

  private void with(RoutingContext context, Consumer<NotificationChannel> work) {
    notifications
        .channel(context.pathParam("id"))
        .ifPresentOrElse(work, () -> Answers.error(context, 404, "not.found", "No such channel"));
  }
}
