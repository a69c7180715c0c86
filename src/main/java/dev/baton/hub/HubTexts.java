package dev.baton.hub;

import dev.baton.activity.OutboundUrls;
import dev.baton.activity.SafeText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes what agents send safe to show: texts, attachments, links. */
public final class HubTexts {
  private static final Logger LOG = LoggerFactory.getLogger(HubTexts.class);

  private static final Set<String> ANSWERS = Set.of("imBack", "postBack", "messageBack");

  private final UnaryOperator<String> clean;
  private final Predicate<String> url;

  /** With the rules for texts and URLs that hold everywhere. */
  public HubTexts(OutboundUrls urls) {
    this(SafeText::clean, url -> urls.check(url).result() != OutboundUrls.Result.REFUSED);
  }

  /**
   * @param clean removes characters that no text should hold
   * @param url whether a URL may be shown to the customer; may block
   */
  public HubTexts(UnaryOperator<String> clean, Predicate<String> url) {
    this.clean = clean;
    this.url = url;
  }

  /** The text without unsafe characters; null stays null. */
  String clean(String text) {
    return text == null ? null : clean.apply(text);
  }

  /** The format that the customer gets: {@code markdown}, or {@code plain} for all else. */
  static String format(String format) {
    return "markdown".equalsIgnoreCase(format) ? "markdown" : "plain";
  }

  /** The text of a message; HTML becomes plain text. */
  String message(String text, String format) {
    if (text == null) {
      return null;
    }
    String lower = format == null ? "" : format.toLowerCase(Locale.ROOT);
    boolean html = lower.equals("html") || lower.equals("text/html") || lower.equals("xhtml");
    return clean(html ? plain(text) : text);
  }

  /** A link that may be shown, else null. */
  String link(String hub, String link) {
    if (link == null) {
      return null;
    }
    String cleaned = clean(link).trim();
    if (url.test(cleaned)) {
      return cleaned;
    }
    LOG.warn("BTN-2007 Hub {}: left out a link that must not be shown", hub);
    return null;
  }

  /**
   * The attachments that may be shown, in activity form.
   *
   * @param leftOut collects the names of those that may not
   */
  List<Map<String, Object>> attachments(String hub, Object attachments, List<String> leftOut) {
    List<Map<String, Object>> kept = new ArrayList<>();
    if (!(attachments instanceof List<?> list)) {
      return kept;
    }
    for (Object item : list) {
      Fields fields = Fields.of(item);
      String name = clean(fields.text("name"));
      String contentUrl = first(fields.text("contentUrl"), fields.text("url"));
      Object content = fields.raw("content");
      boolean shown = contentUrl == null ? content != null : url.test(contentUrl);
      if (!shown) {
        LOG.warn("BTN-2007 Hub {}: left out an attachment whose URL must not be shown", hub);
        leftOut.add(name == null ? "?" : name);
        continue;
      }
      Map<String, Object> attachment = new LinkedHashMap<>();
      put(attachment, "contentType", first(fields.text("contentType"), "application/octet-stream"));
      put(attachment, "contentUrl", contentUrl);
      put(attachment, "content", content);
      put(attachment, "name", name);
      String thumbnail = fields.text("thumbnailUrl");
      put(attachment, "thumbnailUrl", thumbnail != null && url.test(thumbnail) ? thumbnail : null);
      kept.add(attachment);
    }
    return kept;
  }

  /**
   * Buttons that answer, in activity form: {@code {actions: [{type, title, value, …}]}}. What opens
   * something else than an answer is left out; null when nothing is left.
   */
  Map<String, Object> suggestedActions(Object suggested) {
    List<Map<String, Object>> kept = new ArrayList<>();
    if (Fields.of(suggested).raw("actions") instanceof List<?> list) {
      for (Object item : list) {
        Fields fields = Fields.of(item);
        String type = fields.text("type");
        String title = clean(fields.text("title"));
        if (title == null || !ANSWERS.contains(type == null ? "imBack" : type)) {
          continue;
        }
        Map<String, Object> action = new LinkedHashMap<>();
        action.put("type", type == null ? "imBack" : type);
        action.put("title", title);
        put(action, "text", clean(fields.text("text")));
        put(action, "displayText", clean(fields.text("displayText")));
        put(action, "value", fields.raw("value") == null ? title : fields.raw("value"));
        kept.add(action);
      }
    }
    return kept.isEmpty() ? null : Map.of("actions", kept);
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }

  private static String first(String one, String other) {
    return one == null ? other : one;
  }

  private static String plain(String html) {
    Document document = Jsoup.parse(html);
    document.select("script, style, template, noscript").remove();
    StringBuilder text = new StringBuilder();
    NodeTraversor.traverse(
        new NodeVisitor() {
          @Override
          public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
              text.append(words.text());
            } else if (node instanceof Element element) {
              if (element.nameIs("li")) {
                text.append("\n- ");
              } else if (element.nameIs("br") || (element.isBlock() && !text.isEmpty())) {
                text.append('\n');
              }
            }
          }

          @Override
          public void tail(Node node, int depth) {
            if (node instanceof Element element) {
              String href = element.nameIs("a") ? element.attr("href") : "";
              if (href.startsWith("http") && !href.equals(element.text())) {
                text.append(" (").append(href).append(')');
              } else if (element.isBlock() && !element.nameIs("li")) {
                text.append('\n');
              }
            }
          }
        },
        document.body());
    return text.toString()
        .replaceAll("[ \\t\\u00a0]*\\n[ \\t\\u00a0]*", "\n")
        .replaceAll("\\n{3,}", "\n\n")
        .strip();
  }
}
