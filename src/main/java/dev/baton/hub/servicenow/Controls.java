package dev.baton.hub.servicenow;

import dev.baton.hub.Fields;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renders what ServiceNow shows: one renderer for each {@code uiType}. A type that is not known
 * gives the text that it holds, or nothing; it never fails. Source: "Virtual Agent API controls".
 */
final class Controls {
  private static final Logger LOG = LoggerFactory.getLogger(Controls.class);

  private final Map<String, Function<Fields, Rendered>> renderers;
  private final Map<String, Boolean> unknown = new ConcurrentHashMap<>();

  Controls(Links links) {
    TextControls texts = new TextControls(links);
    PickerControls pickers = new PickerControls(links);
    LinkControls linked = new LinkControls(links);
    CardControls cards = new CardControls(links);
    this.renderers =
        Map.ofEntries(
            Map.entry("outputtext", texts::output),
            Map.entry("inputtext", texts::question),
            Map.entry("fileupload", texts::upload),
            Map.entry("date", texts::date),
            Map.entry("time", texts::date),
            Map.entry("datetime", texts::date),
            Map.entry("topicpickercontrol", pickers::picker),
            Map.entry("picker", pickers::picker),
            Map.entry("boolean", pickers::yesOrNo),
            Map.entry("outputlink", linked::link),
            Map.entry("groupedpartsoutputcontrol", linked::group),
            Map.entry("outputimage", linked::image),
            Map.entry("outputhtml", linked::html),
            Map.entry("outputcard", cards::card),
            Map.entry("outputtable", cards::table),
            Map.entry("multipartoutput", this::part),
            Map.entry("customcontrol", this::other));
  }

  /** What the customer is shown; empty when the control shows nothing. */
  Rendered render(Map<String, Object> item) {
    String type = Callback.uiType(item);
    Function<Fields, Rendered> renderer = renderers.get(type);
    Fields fields = Fields.of(item);
    if (renderer != null) {
      return renderer.apply(fields);
    }
    if (unknown.size() < 100 && unknown.putIfAbsent(type, true) == null) {
      LOG.warn(
          "BTN-2348 ServiceNow sent a control that is not known, '{}': only its text is shown",
          Links.clean(type));
    }
    return other(fields);
  }

  /** One part of a longer answer, and the button for the next. */
  private Rendered part(Fields item) {
    Rendered content = Rendered.NOTHING;
    if (item.raw("content") instanceof Map<?, ?> inner) {
      @SuppressWarnings("unchecked")
      Map<String, Object> control = (Map<String, Object>) inner;
      // Parts do not nest: one inside another shows its text only.
      content = "multipartoutput".equals(Callback.uiType(control)) ? other(item) : render(control);
    }
    String label = item.text("navigationBtnLabel");
    return content.offering(Map.of(label == null ? "…" : Links.clean(label), "click_for_more"));
  }

  private Rendered other(Fields item) {
    for (String name : new String[] {"label", "value", "header", "promptMsg", "message", "name"}) {
      String text = item.text(name);
      if (text != null) {
        return Rendered.text(Links.clean(text));
      }
    }
    return Rendered.NOTHING;
  }
}
