package dev.baton.simulator.genesys;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/** The bots that were imported for the Bot Connector, and the calls that import and read them. */
public final class GenesysBots {
  private static final String ROOT = "/api/v2/integrations/botconnector/:integration/bots";

  private final String integration;
  private volatile JsonObject list = new JsonObject().put("chatBots", new JsonArray());
  private final AtomicInteger imports = new AtomicInteger();

  GenesysBots(String integration) {
    this.integration = integration;
  }

  /** What was imported last: {@code {"chatBots": […]}}. */
  public JsonObject list() {
    return list.copy();
  }

  /** How many imports were accepted. */
  public int imports() {
    return imports.get();
  }

  /** One version of a bot. Without a version the last of its list. */
  public Optional<JsonObject> version(String bot, String version) {
    return bot(bot)
        .flatMap(
            found ->
                objects(found.getJsonArray("versions")).stream()
                    .filter(v -> version == null || version.equals(v.getString("version")))
                    .reduce((first, last) -> last));
  }

  private Optional<JsonObject> bot(String id) {
    return objects(list.getJsonArray("chatBots")).stream()
        .filter(bot -> bot.getString("id").equals(id))
        .findFirst();
  }

  void mount(Router router) {
    router.put(ROOT).handler(context -> here(context, this::replace));
    router
        .get(ROOT)
        .handler(context -> here(context, c -> Answers.json(c, 200, shown(list.copy()))));
    router.get(ROOT + "/summaries").handler(context -> here(context, this::summaries));
    router.get(ROOT + "/:bot").handler(context -> here(context, this::one));
    router.get(ROOT + "/:bot/versions").handler(context -> here(context, this::versions));
  }

  private interface Work {
    void on(RoutingContext context);
  }

  private void here(RoutingContext context, Work work) {
    if (integration.equals(context.pathParam("integration"))) {
      work.on(context);
    } else {
      Answers.error(context, 404, "not.found", "No such integration");
    }
  }

  private void replace(RoutingContext context) {
    JsonObject body;
    try {
      body = context.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      body = null;
    }
    List<String> wrong =
        body == null ? List.of("the body must be a JSON object") : BotListRules.check(body);
    if (wrong.isEmpty()) {
      list = body;
      imports.incrementAndGet();
      Answers.empty(context, 204);
    } else {
      Answers.error(context, 400, "invalid.value", String.join("; ", wrong));
    }
  }

  private void summaries(RoutingContext context) {
    page(context, objects(list.getJsonArray("chatBots")), GenesysBots::summary);
  }

  private void one(RoutingContext context) {
    String version = context.request().getParam("version");
    Optional<JsonObject> bot = bot(context.pathParam("bot"));
    if (bot.isEmpty()
        || (version != null && version(context.pathParam("bot"), version).isEmpty())) {
      Answers.error(context, 404, "not.found", "No such bot or version");
      return;
    }
    JsonObject shown = bot.get().copy();
    if (version != null) {
      shown.put("versions", new JsonArray().add(version(context.pathParam("bot"), version).get()));
    }
    Answers.json(context, 200, shown(shown, integration));
  }

  private void versions(RoutingContext context) {
    Optional<JsonObject> bot = bot(context.pathParam("bot"));
    if (bot.isEmpty()) {
      Answers.error(context, 404, "not.found", "No such bot");
      return;
    }
    page(
        context,
        objects(bot.get().getJsonArray("versions")),
        version -> summary(bot.get()).put("version", version.getString("version")));
  }

  private static JsonObject summary(JsonObject bot) {
    return new JsonObject()
        .put("id", bot.getString("id"))
        .put("name", bot.getString("name"))
        .put("description", bot.getString("description"))
        .put("botCompositeTag", tag(bot));
  }

  private static String tag(JsonObject bot) {
    return "GenesysBotConnector:" + bot.getString("id");
  }

  private JsonObject shown(JsonObject all) {
    objects(all.getJsonArray("chatBots")).forEach(bot -> shown(bot, integration));
    return all;
  }

  private static JsonObject shown(JsonObject bot, String integration) {
    return bot.put("botCompositeTag", tag(bot))
        .put(
            "selfUri",
            "/api/v2/integrations/botconnector/" + integration + "/bots/" + bot.getString("id"));
  }

  private static void page(
      RoutingContext context, List<JsonObject> all, Function<JsonObject, JsonObject> shape) {
    int size = number(context, "pageSize", 25);
    int page = number(context, "pageNumber", 1);
    JsonArray entities = new JsonArray();
    all.stream()
        .skip((long) (page - 1) * size)
        .limit(size)
        .forEach(one -> entities.add(shape.apply(one)));
    Answers.json(
        context,
        200,
        new JsonObject()
            .put("entities", entities)
            .put("pageSize", size)
            .put("pageNumber", page)
            .put("total", all.size())
            .put("pageCount", (all.size() + size - 1) / size)
            .put("selfUri", context.request().uri()));
  }

  private static int number(RoutingContext context, String name, int otherwise) {
    try {
      return Math.max(1, Integer.parseInt(context.request().getParam(name)));
    } catch (NumberFormatException e) {
      return otherwise;
    }
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }
}
