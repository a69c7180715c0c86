package dev.baton.simulator.servicenow;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Items of a callback's body. */
final class Items {
  private static final JsonObject CONTROLS = controls();

  private Items() {}

  static JsonObject text(String value) {
    return new JsonObject()
        .put("uiType", "OutputText")
        .put("group", "DefaultText")
        .put("value", value)
        .put("maskType", "NONE");
  }

  static JsonObject action(String type) {
    return new JsonObject().put("uiType", "ActionMsg").put("actionType", type);
  }

  static JsonObject system(String message) {
    return action("System").put("message", message);
  }

  static JsonObject waiting(String message, String waitTime) {
    return action("StartSpinner")
        .put("spinnerType", "wait_time")
        .put("message", message)
        .put("waitTime", waitTime);
  }

  static JsonObject noLongerWaiting() {
    return action("EndSpinner").put("spinnerType", "wait_time");
  }

  /** A picker whose options are disabled, as the vendor's examples have it: it says nothing. */
  static JsonObject picker(String label, List<String> options) {
    JsonArray all = new JsonArray();
    options.forEach(
        option ->
            all.add(
                new JsonObject()
                    .put("label", option)
                    .put("value", option)
                    .put("renderStyle", "data")
                    .put("enabled", false)));
    return new JsonObject()
        .put("uiType", "Picker")
        .put("group", "DefaultPicker")
        .put("required", true)
        .put("nluTextEnabled", false)
        .put("label", label)
        .put("itemType", "List")
        .put("style", "list")
        .put("multiSelect", false)
        .put("options", all)
        .putNull("scriptedData");
  }

  /**
   * One of the rich controls.
   *
   * @param name a key of {@code simulator/servicenow/controls.json}
   * @param instance root of the instance
   */
  static JsonObject control(String name, String instance) {
    if (!CONTROLS.containsKey(name)) {
      throw new SimulatorException(
          "BTN-4752", "There is no control '%s'; there are %s".formatted(name, controlNames()));
    }
    return new JsonObject(CONTROLS.getJsonObject(name).encode().replace("${instance}", instance));
  }

  static List<String> controlNames() {
    return List.copyOf(CONTROLS.fieldNames());
  }

  private static JsonObject controls() {
    try (InputStream in = Items.class.getResourceAsStream("/simulator/servicenow/controls.json")) {
      return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
