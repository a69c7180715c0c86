package dev.baton.hub.servicenow.custom;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Script;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/**
 * Runs the shipped scripts in Rhino, the engine of ServiceNow, with stand-ins for what the platform
 * offers. Every run has a scope of its own, as there.
 */
final class Scripts {
  static final Path FOLDER = Path.of("servicenow", "custom-chat");
  static final List<String> INCLUDES =
      List.of(
          "script-includes/BatonChat.js",
          "script-includes/BatonChatControls.js",
          "script-includes/BatonChatReply.js");

  private final Platform platform;
  private final Map<String, Script> compiled = new ConcurrentHashMap<>();

  Scripts(Platform platform) {
    this.platform = platform;
  }

  /** Runs an action's script step. @return its outputs as JSON text */
  String action(String file, Map<String, String> inputsAsJson) {
    StringBuilder inputs = new StringBuilder("({");
    inputsAsJson.forEach(
        (name, json) ->
            inputs.append(inputs.length() > 2 ? "," : "").append(name).append(':').append(json));
    String make = "var inputs = " + inputs.append("}); var outputs = {};");
    return (String) run(file, make, "JSON.stringify(outputs)");
  }

  /** What an expression gives, with the script includes at hand, as JSON text. */
  String evaluate(String expression) {
    return (String) run(null, "", "JSON.stringify(" + expression + ")");
  }

  /** Runs a scripted REST resource. */
  void rest(String file, RestCall.Request request, RestCall.Response response) {
    Context context = enter();
    try {
      Scriptable scope = scope(context);
      ScriptableObject.putProperty(scope, "received", Context.javaToJS(request, scope));
      String make =
          "var request = {body: {dataString: received.body}, queryParams: "
              + request.query
              + ", getHeader: function(name) { return received.getHeader(name); }};";
      context.evaluateString(scope, make, "request", 1, null);
      ScriptableObject.putProperty(scope, "response", Context.javaToJS(response, scope));
      script(context, file).exec(context, scope);
    } finally {
      Context.exit();
    }
  }

  private Object run(String file, String before, String after) {
    Context context = enter();
    try {
      Scriptable scope = scope(context);
      context.evaluateString(scope, before, "before", 1, null);
      if (file != null) {
        script(context, file).exec(context, scope);
      }
      Object result = context.evaluateString(scope, after, "after", 1, null);
      return Undefined.isUndefined(result) ? null : Context.toString(result);
    } finally {
      Context.exit();
    }
  }

  private Scriptable scope(Context context) {
    ScriptableObject scope = context.initStandardObjects();
    ScriptableObject.putProperty(scope, "host", Context.javaToJS(platform, scope));
    script(context, null).exec(context, scope);
    INCLUDES.forEach(file -> script(context, file).exec(context, scope));
    return scope;
  }

  private Script script(Context context, String file) {
    return compiled.computeIfAbsent(
        file == null ? "platform.js" : file,
        name -> context.compileString(file == null ? platformText() : text(file), name, 1, null));
  }

  static String text(String file) {
    try {
      return Files.readString(FOLDER.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String platformText() {
    try (var stream = Scripts.class.getResourceAsStream("/servicenow-custom/platform.js")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Context enter() {
    Context context = Context.enter();
    context.setLanguageVersion(Context.VERSION_1_8);
    context.setInterpretedMode(true);
    return context;
  }
}
