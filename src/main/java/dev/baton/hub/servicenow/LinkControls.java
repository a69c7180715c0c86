package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.List;

/** Links, images and HTML. */
final class LinkControls {
  private final Links links;

  LinkControls(Links links) {
    this.links = links;
  }

  /** {@code OutputLink}: {@code value} is an object, in some releases a text. */
  Rendered link(Fields item) {
    Object value = item.raw("value");
    String address = value instanceof String text ? text : Fields.of(value).text("action");
    String link = links.markdown(item.text("label"), address);
    String header = Links.clean(item.text("header"));
    return Rendered.text(header.isEmpty() ? link : header + "\n\n" + link);
  }

  Rendered group(Fields item) {
    List<String> lines = new ArrayList<>();
    String header = Links.clean(item.text("header"));
    if (!header.isEmpty()) {
      lines.add(header + "\n");
    }
    if (item.raw("values") instanceof List<?> values) {
      for (Object value : values) {
        Fields part = Fields.of(value);
        String link = links.markdown(part.text("label"), part.text("action"));
        String description = Links.clean(part.text("description"));
        lines.add("- " + link + (description.isEmpty() ? "" : ": " + description));
      }
    }
    return Rendered.text(String.join("\n", lines));
  }

  Rendered image(Fields item) {
    String url = links.url(item.text("value"));
    String alt = Links.clean(item.text("altText"));
    return url == null ? Rendered.text(alt) : Rendered.text("").with(Links.image(url, alt));
  }

  /** Becomes plain text; a picture that ServiceNow made of it is shown instead. */
  Rendered html(Fields item) {
    String picture = links.url(item.text("imageUrl"));
    Rendered html = Rendered.html(item.text("value"));
    return picture == null ? html : Rendered.text("").with(Links.image(picture, ""));
  }
}
