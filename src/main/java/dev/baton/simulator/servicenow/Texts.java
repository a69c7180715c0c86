package dev.baton.simulator.servicenow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * What the instance says of its own accord, in the customer's language, and reworded as an
 * administrator can. Nobody should rely on any of it. Safe for use by several threads.
 */
public final class Texts {
  private static final String FILE = "/simulator/servicenow/texts.yaml";

  private final Map<String, Map<String, String>> bundled;
  private final Map<String, String> reworded = new HashMap<>();

  @SuppressWarnings("unchecked")
  Texts() {
    try (InputStream in = Texts.class.getResourceAsStream(FILE)) {
      bundled =
          (Map<String, Map<String, String>>)
              new Load(LoadSettings.builder().setLabel(FILE).build()).loadFromInputStream(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Says something else from now on, in every language.
   *
   * @param key as in {@code simulator/servicenow/texts.yaml}, for example {@code closed-by-agent}
   */
  public synchronized void reword(String key, String text) {
    if (!bundled.containsKey(key)) {
      throw new SimulatorException(
          "BTN-4752", "There is no text '%s'; there are %s".formatted(key, bundled.keySet()));
    }
    reworded.put(key, text);
  }

  synchronized void reset() {
    reworded.clear();
  }

  /**
   * @param language as a request names it, such as {@code de} or {@code pt-BR}; null for English
   * @param values for {@code {0}}, {@code {1}}
   */
  synchronized String say(String key, String language, String... values) {
    Map<String, String> languages = bundled.get(key);
    String primary =
        language == null ? "en" : language.toLowerCase(Locale.ROOT).split("[-_]", -1)[0];
    String text = reworded.getOrDefault(key, languages.getOrDefault(primary, languages.get("en")));
    for (int i = 0; i < values.length; i++) {
      text = text.replace("{" + i + "}", values[i]);
    }
    return text;
  }
}
