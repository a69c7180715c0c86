package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Cards and tables. */
final class CardControls {
  private static final int MAX_ROWS = 100;

  private final Links links;

  CardControls(Links links) {
    this.links = links;
  }

  /**
   * {@code OutputCard}: a record becomes an adaptive card with its fields, all else a hero card.
   */
  Rendered card(Fields item) {
    Fields data = Fields.of(Texts.object(item.raw("data")));
    if (data.raw("fields") instanceof List<?> fields && !fields.isEmpty()) {
      return record(data, fields);
    }
    String title = data.text("title");
    String description = first(data, "description", "subtitle", "text");
    String image = data.text("image");
    String address = first(data, "url", "link", "videoUrl");
    if (title == null && description == null && image == null && address == null) {
      return Rendered.text(Links.clean(first(item, "label", "header", "templateName")));
    }
    return Rendered.text("")
        .with(links.hero(title, description, image, data.text("imageAlt"), address));
  }

  private Rendered record(Fields data, List<?> fields) {
    List<Map<String, Object>> body = new ArrayList<>();
    List<String> words = new ArrayList<>();
    heading(body, words, data.text("title"), true);
    heading(body, words, data.text("subtitle"), false);
    List<Map<String, Object>> facts = new ArrayList<>();
    for (Object one : fields) {
      Fields field = Fields.of(one);
      String label = Links.clean(field.text("fieldLabel"));
      String value = Links.clean(field.text("fieldValue"));
      facts.add(Map.of("title", label, "value", value));
      words.add(label + ": " + value);
    }
    body.add(Map.of("type", "FactSet", "facts", facts));
    String url = links.url(data.text("url"));
    List<Map<String, Object>> actions =
        url == null
            ? List.of()
            : List.of(Map.of("type", "Action.OpenUrl", "title", label(data), "url", url));
    return Rendered.text("").with(Links.adaptive(body, actions, String.join("\n", words)));
  }

  private static String label(Fields data) {
    String subtitle = Links.clean(data.text("subtitle"));
    return subtitle.isEmpty() ? "↗" : subtitle;
  }

  private static void heading(
      List<Map<String, Object>> body, List<String> words, String text, boolean bold) {
    String cleaned = Links.clean(text);
    if (!cleaned.isEmpty()) {
      body.add(block(cleaned, bold));
      words.add(cleaned);
    }
  }

  /** {@code OutputTable}: the customer says with a button that it is read. */
  Rendered table(Fields item) {
    List<Map<String, Object>> body = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    String label = Links.clean(item.text("label"));
    row(body, lines, item.raw("headers"), true);
    if (item.raw("data") instanceof List<?> rows) {
      rows.stream().limit(MAX_ROWS).forEach(cells -> row(body, lines, cells, false));
    }
    String done = item.text("navigationBtnLabel");
    return Rendered.text(label)
        .with(Links.adaptive(body, List.of(), String.join("\n", lines)))
        .offering(Map.of(done == null ? "OK" : Links.clean(done), "DONE"));
  }

  private static void row(
      List<Map<String, Object>> body, List<String> lines, Object cells, boolean bold) {
    if (!(cells instanceof List<?> list)) {
      return;
    }
    List<Map<String, Object>> columns = new ArrayList<>();
    for (Object cell : list) {
      Map<String, Object> column = new LinkedHashMap<>();
      column.put("type", "Column");
      column.put("width", "stretch");
      column.put("items", List.of(block(text(cell), bold)));
      columns.add(column);
    }
    body.add(Map.of("type", "ColumnSet", "columns", columns));
    lines.add(list.stream().map(CardControls::text).collect(Collectors.joining(" | ")));
  }

  private static String text(Object cell) {
    if (cell instanceof Map<?, ?> map) {
      Fields fields = Fields.of(map);
      return Links.clean(first(fields, "label", "displayValue", "value"));
    }
    return cell == null ? "" : Links.clean(cell.toString());
  }

  private static Map<String, Object> block(String text, boolean bold) {
    Map<String, Object> block = new LinkedHashMap<>();
    block.put("type", "TextBlock");
    block.put("text", text);
    block.put("wrap", true);
    if (bold) {
      block.put("weight", "Bolder");
    }
    return block;
  }

  private static String first(Fields fields, String... names) {
    for (String name : names) {
      String text = fields.text(name);
      if (text != null) {
        return text;
      }
    }
    return null;
  }
}
