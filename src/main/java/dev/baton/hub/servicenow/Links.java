package dev.baton.hub.servicenow;

import dev.baton.activity.SafeText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

/** Links, images and cards that are safe to show. URLs stay as they are, tokens included. */
final class Links {
  private static final String HERO = "application/vnd.microsoft.card.hero";
  private static final String ADAPTIVE = "application/vnd.microsoft.card.adaptive";

  private final URI instance;
  private final Predicate<String> mayBeShown;

  /**
   * @param instance root of the instance, which relative addresses start from
   * @param mayBeShown whether a URL may be shown to the customer
   */
  Links(String instance, Predicate<String> mayBeShown) {
    this.instance = URI.create(instance + "/");
    this.mayBeShown = mayBeShown;
  }

  static String clean(String text) {
    return text == null ? "" : SafeText.clean(text).strip();
  }

  /** The whole address, or null when there is none or it must not be shown. */
  String url(String address) {
    String cleaned = clean(address);
    if (cleaned.isEmpty()) {
      return null;
    }
    try {
      URI uri = instance.resolve(legal(cleaned));
      String whole = uri.toString();
      boolean ours =
          instance.getHost() != null
              && instance.getHost().equalsIgnoreCase(uri.getHost())
              && instance.getScheme().equalsIgnoreCase(uri.getScheme())
              && uri.getUserInfo() == null;
      return ours || mayBeShown.test(whole) ? whole : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /**
   * Characters that no address may hold, but that turn up in some, are written as they should be.
   */
  private static String legal(String address) {
    StringBuilder legal = new StringBuilder();
    for (int i = 0; i < address.length(); i++) {
      char c = address.charAt(i);
      if (" <>\"{}|\\^`".indexOf(c) >= 0) {
        legal.append('%').append(String.format(Locale.ROOT, "%02X", (int) c));
      } else {
        legal.append(c);
      }
    }
    return legal.toString();
  }

  /** A Markdown link, or just the label when the address must not be shown. */
  String markdown(String label, String address) {
    String url = url(address);
    String text = clean(label).replace("[", "(").replace("]", ")");
    if (url == null) {
      return text;
    }
    return "["
        + (text.isEmpty() ? "Link" : text)
        + "]("
        + url.replace("(", "%28").replace(")", "%29").replace(" ", "%20")
        + ")";
  }

  static Map<String, Object> image(String url, String name) {
    Map<String, Object> attachment = new LinkedHashMap<>();
    attachment.put("contentType", type(url));
    attachment.put("contentUrl", url);
    if (!name.isEmpty()) {
      attachment.put("name", name);
    }
    return attachment;
  }

  private static String type(String url) {
    String path = url.replaceAll("[?#].*", "").toLowerCase(Locale.ROOT);
    if (path.endsWith(".png")) {
      return "image/png";
    }
    if (path.endsWith(".gif")) {
      return "image/gif";
    }
    return path.endsWith(".svg") ? "image/svg+xml" : "image/jpeg";
  }

  /** A hero card; empty parts are left out. */
  Map<String, Object> hero(String title, String text, String image, String alt, String address) {
    Map<String, Object> content = new LinkedHashMap<>();
    put(content, "title", clean(title));
    put(content, "text", clean(text));
    String picture = url(image);
    if (picture != null) {
      content.put("images", List.of(Map.of("url", picture, "alt", clean(alt))));
    }
    String target = url(address);
    if (target != null) {
      String label = clean(title).isEmpty() ? target : clean(title);
      content.put("buttons", List.of(Map.of("type", "openUrl", "title", label, "value", target)));
    }
    return Map.of("contentType", HERO, "content", content);
  }

  static Map<String, Object> adaptive(
      List<Map<String, Object>> body, List<Map<String, Object>> actions, String fallback) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("type", "AdaptiveCard");
    content.put("version", "1.3");
    content.put("body", body);
    if (!actions.isEmpty()) {
      content.put("actions", actions);
    }
    content.put("fallbackText", fallback);
    return Map.of("contentType", ADAPTIVE, "content", content);
  }

  private static void put(Map<String, Object> content, String key, String value) {
    if (!value.isEmpty()) {
      content.put(key, value);
    }
  }
}
