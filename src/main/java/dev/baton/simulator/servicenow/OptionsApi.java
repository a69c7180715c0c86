package dev.baton.simulator.servicenow;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@code /simulator/options}: the instance's clocks, whether a survey follows, and what it says
 * ({@code texts}); GET shows, POST changes what it names.
 */
final class OptionsApi {
  private final InstanceOptions options;
  private final Texts texts;
  private final Map<String, Consumer<Duration>> clocks = new LinkedHashMap<>();

  OptionsApi(InstanceOptions options, Texts texts) {
    this.options = options;
    this.texts = texts;
    clocks.put("processing", options::processing);
    clocks.put("waitRefresh", options::waitRefresh);
    clocks.put("idleReminder", time -> options.idle(time, options.idleCancel));
    clocks.put("idleCancel", time -> options.idle(options.idleReminder, time));
    clocks.put("botIdle", options::botIdle);
    clocks.put("queueMaxWait", options::queueMaxWait);
  }

  void mount(Router router) {
    router.get("/simulator/options").handler(context -> Answers.json(context, 200, shown()));
    router
        .post("/simulator/options")
        .consumes("application/json")
        .handler(
            context -> {
              try {
                change(context);
                Answers.json(context, 200, shown());
              } catch (SimulatorException e) {
                Answers.problem(context, 400, e.code(), e.getMessage());
              } catch (DecodeException | ClassCastException | NullPointerException e) {
                Answers.problem(
                    context, 400, "BTN-4751", "The options are not valid: " + e.getMessage());
              }
            });
  }

  private void change(RoutingContext context) {
    JsonObject order = context.body().asJsonObject();
    for (String key : order.fieldNames()) {
      if (key.equals("survey")) {
        options.survey(order.getBoolean(key));
      } else if (key.equals("texts")) {
        order.getJsonObject(key).forEach(text -> texts.reword(text.getKey(), "" + text.getValue()));
      } else if (clocks.containsKey(key)) {
        clocks.get(key).accept(Durations.parse(order.getString(key)));
      } else {
        throw new SimulatorException(
            "BTN-4751",
            "Unknown option '%s'; there are survey, texts and %s".formatted(key, clocks.keySet()));
      }
    }
  }

  private JsonObject shown() {
    return new JsonObject()
        .put("survey", options.survey)
        .put("processing", millis(options.processing))
        .put("waitRefresh", millis(options.waitRefresh))
        .put("idleReminder", millis(options.idleReminder))
        .put("idleCancel", millis(options.idleCancel))
        .put("botIdle", millis(options.botIdle))
        .put("queueMaxWait", millis(options.queueMaxWait));
  }

  private static String millis(Duration time) {
    return time.toMillis() + "ms";
  }
}
