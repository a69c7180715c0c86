package dev.baton.texts;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** The texts of one shipped language, by key. */
final class Bundle {
  private Bundle() {}

  static Map<String, Template> load(String language) {
    String name = "/texts/messages_" + language + ".properties";
    Properties properties = new Properties();
    try (InputStream in = Bundle.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the class path");
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, Template> texts = new HashMap<>();
    properties.forEach((key, text) -> texts.put((String) key, Template.of((String) text)));
    return Map.copyOf(texts);
  }
}
