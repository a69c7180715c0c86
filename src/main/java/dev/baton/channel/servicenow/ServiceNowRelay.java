package dev.baton.channel.servicenow;

import dev.baton.configuration.RelaySettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * {@code GET /channels/servicenow/<bot>/activities}: what ServiceNow's Bot Interconnect calls to
 * read the answers of a bot behind Direct Line. Answers when the bot's turn is complete. It is a
 * handler of Vert.x and no route, because a route would hold one thread for each call that waits.
 */
public final class ServiceNowRelay implements AutoCloseable {
  /** Before what routes and catch-alls add to the same router. */
  private static final int ORDER = -900;

  private static final String PATH = "/channels/servicenow/:bot/activities";

  private final DirectLineReads reads;
  private final Map<String, BotRelay> bots = new TreeMap<>();

  public ServiceNowRelay(Vertx vertx, Collection<RelaySettings> bots, MeterRegistry meters) {
    reads = new DirectLineReads(vertx);
    bots.forEach(bot -> this.bots.put(bot.bot(), new BotRelay(vertx, reads, bot, meters)));
  }

  /** Adds the path to the router of the traffic port, if any bot is relayed. */
  public void mount(Router router) {
    if (!bots.isEmpty()) {
      router.route(PATH).order(ORDER).handler(this::handle);
    }
  }

  private void handle(RoutingContext context) {
    BotRelay bot = bots.get(context.pathParam("bot"));
    if (bot == null) {
      // An own route may serve it, else the router answers 404.
      context.next();
    } else if (context.request().method().equals(HttpMethod.GET)) {
      bot.handle(context.request());
    } else {
      context.response().putHeader("Allow", "GET");
      RelayProblem problem =
          RelayProblem.of(405, "BTN-1102", "BadArgument", "This path takes GET only");
      BotRelay.send(context.response(), problem.status(), problem.body());
    }
  }

  /** Answers all calls that wait with what there is: this node is being stopped. */
  public void drain() {
    bots.values().forEach(BotRelay::hurry);
  }

  @Override
  public void close() {
    drain();
    reads.close();
  }
}
