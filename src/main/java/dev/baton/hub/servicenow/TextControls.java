package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.List;

/** Texts and the questions that are answered by writing. */
final class TextControls {
  private final Links links;

  TextControls(Links links) {
    this.links = links;
  }

  /** {@code OutputText}: its Markdown, and the sources that the text itself does not link. */
  Rendered output(Fields item) {
    String value = item.text("value");
    String text = Links.clean(value == null ? item.text("label") : value);
    StringBuilder whole = new StringBuilder(text);
    if (item.raw("citations") instanceof List<?> citations) {
      for (Object one : citations) {
        Fields citation = Fields.of(one);
        String address = citation.text("citationHref");
        String label = citation.text("citationLabel");
        if (address != null && !text.contains(address)) {
          whole.append("\n").append(links.markdown(label == null ? "" : label, address));
        }
      }
    }
    return Rendered.text(whole.toString());
  }

  Rendered question(Fields item) {
    return Rendered.text(label(item));
  }

  Rendered upload(Fields item) {
    Integer size = item.number("maxSize");
    String text = label(item);
    return Rendered.text(size == null ? text : text + " (≤ " + size + " MB)");
  }

  Rendered date(Fields item) {
    return Rendered.text(label(item)).asking(item.text("uiType"));
  }

  private static String label(Fields item) {
    String label = item.text("label");
    if (label == null) {
      label = item.text("promptMsg");
    }
    return Links.clean(label == null ? item.text("value") : label);
  }
}
