package dev.baton.application;

import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubRule;
import dev.baton.conversation.Handoff;
import dev.baton.conversation.Offer;
import dev.baton.journal.Journal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** Tells the demo's page where a conversation's handoff goes, and which rule sent it there. */
final class DemoHandoff {
  static final String PATH = "/start/handoff.json";

  private final Journal journal;
  private final BotSettings bot;

  DemoHandoff(Journal journal, BotSettings bot) {
    this.journal = journal;
    this.bot = bot;
  }

  void mount(Router router) {
    router.get(PATH).handler(this::answer);
  }

  private void answer(RoutingContext context) {
    String conversation = context.request().getParam("conversation", "");
    context
        .vertx()
        .executeBlocking(() -> journal.find(conversation), false)
        .onSuccess(
            found ->
                context
                    .response()
                    .putHeader("Cache-Control", "no-store")
                    .putHeader("Content-Type", "application/json")
                    .end(
                        found
                            .filter(known -> known.bot().equals(bot.name()))
                            .map(known -> described(known.handoff()))
                            .orElseGet(JsonObject::new)
                            .encode()))
        .onFailure(context::fail);
  }

  private JsonObject described(Handoff handoff) {
    JsonObject result = new JsonObject();
    if (handoff == null) {
      return result;
    }
    Offer offer = handoff.offer();
    JsonArray offered = new JsonArray();
    if (offer != null) {
      offer.choices().forEach(choice -> offered.add(choice.name()));
    }
    result.put("phase", handoff.phase().name()).put("offered", offered);
    String hub = handoff.hub() == null && offer != null ? offer.hub() : handoff.hub();
    if (hub != null) {
      String when = bot.hubRules().getOrDefault(hub, HubRule.NONE).when();
      result.put("hub", hub).put("rule", when == null ? "any handoff" : when);
      result.put("byCustomer", offer != null && hub.equals(offer.hub()));
    }
    return result;
  }
}
