package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is answered by picking. {@code enabled} is ignored: the vendor sends it false for options
 * that can be picked all the same.
 */
final class PickerControls {
  private final Links links;

  PickerControls(Links links) {
    this.links = links;
  }

  Rendered picker(Fields item) {
    String prompt = item.text("promptMsg");
    String text = Links.clean(prompt == null ? item.text("label") : prompt);
    List<Fields> options = options(item);
    Rendered rendered = card(item, Rendered.text(text.isEmpty() ? "…" : text));
    if (item.flag("multiSelect", false) && !options.isEmpty()) {
      return rendered.with(choices(options, text));
    }
    Map<String, Object> picks = new LinkedHashMap<>();
    for (Fields option : options) {
      String label = label(option);
      String value = option.text("value");
      picks.put(label, value == null ? label : value);
      String picture = picture(option);
      if (picture != null || option.text("description") != null) {
        rendered =
            rendered.with(links.hero(label, option.text("description"), picture, label, null));
      }
    }
    return rendered.offering(picks);
  }

  /** Older releases send no values: then the label is what is sent back. */
  Rendered yesOrNo(Fields item) {
    return picker(item);
  }

  /** The card above the options, which stands in {@code scriptedData}. */
  private Rendered card(Fields item, Rendered rendered) {
    Fields scripted = Fields.of(item.raw("scriptedData"));
    Fields card = Fields.of(Texts.object(scripted.raw("cardData")));
    String title = card.text("title");
    if (title == null && card.text("image") == null) {
      return rendered;
    }
    return rendered.with(
        links.hero(
            title,
            card.text("description"),
            card.text("image"),
            card.text("imageAlt"),
            card.text("url")));
  }

  private static Map<String, Object> choices(List<Fields> options, String text) {
    List<Map<String, Object>> choices = new ArrayList<>();
    List<String> labels = new ArrayList<>();
    for (Fields option : options) {
      String label = label(option);
      String value = option.text("value");
      choices.add(Map.of("title", label, "value", value == null ? label : value));
      labels.add(label);
    }
    Map<String, Object> set = new LinkedHashMap<>();
    set.put("type", "Input.ChoiceSet");
    set.put("id", Picks.OPTION);
    set.put("isMultiSelect", true);
    set.put("style", "expanded");
    set.put("choices", choices);
    return Links.adaptive(
        List.of(set),
        List.of(Map.of("type", "Action.Submit", "title", "OK")),
        text + " [" + String.join(" | ", labels) + "]");
  }

  private static List<Fields> options(Fields item) {
    List<Fields> options = new ArrayList<>();
    if (item.raw("options") instanceof List<?> list) {
      for (Object option : list) {
        Fields fields = Fields.of(option instanceof String text ? Map.of("label", text) : option);
        if (!label(fields).isEmpty()) {
          options.add(fields);
        }
      }
    }
    return options;
  }

  private static String label(Fields option) {
    String label = option.text("label");
    return Links.clean(label == null ? option.text("value") : label);
  }

  private static String picture(Fields option) {
    Object attachment = option.raw("attachment");
    return attachment instanceof String url ? url : Fields.of(attachment).text("url");
  }
}
