package dev.baton.directline.server;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * An ActivitySet as sent to a client.
 *
 * @param json serialised
 * @param last number of its last activity, which is its watermark
 */
record ActivityPage(String json, long last) {
  /** Activities read at a time. */
  static final int COUNT = 100;

  /** Characters after which a page is closed: some clients accept frames of 256 KB only. */
  private static final int SIZE = 128 * 1024;

  /**
   * As many of the activities as one page holds, at least one of them.
   *
   * @param after number of the activity before the first
   */
  static ActivityPage of(long after, List<ObjectNode> activities) {
    StringBuilder json = new StringBuilder("{\"activities\":[");
    long last = after;
    for (ObjectNode activity : activities) {
      String text = Json.write(activity);
      if (last > after) {
        if (json.length() + text.length() > SIZE) {
          break;
        }
        json.append(',');
      }
      json.append(text);
      last++;
    }
    return new ActivityPage(end(json, last), last);
  }

  /** A page with an activity that has no number, such as typing; the watermark stays. */
  static ActivityPage ofSignal(long watermark, ObjectNode activity) {
    StringBuilder json = new StringBuilder("{\"activities\":[").append(Json.write(activity));
    return new ActivityPage(end(json, watermark), watermark);
  }

  private static String end(StringBuilder json, long watermark) {
    return json.append("],\"watermark\":\"")
        .append(Watermark.format(watermark))
        .append("\"}")
        .toString();
  }
}
