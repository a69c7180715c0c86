package dev.baton.handoff;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.TranscriptLimit;
import dev.baton.activity.TranscriptLine;
import dev.baton.activity.TranscriptReader;
import dev.baton.conversation.Lane;
import dev.baton.journal.Journal;
import dev.baton.journal.StoredEntry;
import dev.baton.privacy.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The two sources of a handoff's transcript, and what a hub gets of them. Used by {@code
 * routes/handoff}.
 */
public final class HandoffTranscript {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final Journal journal;
  private final TranscriptDownload download;

  public HandoffTranscript(Journal journal, TranscriptDownload download) {
    this.journal = journal;
    this.download = download;
  }

  /**
   * Lines of the transcript that the bot attached, fetched when it is only behind a URL; empty when
   * there is none.
   */
  public List<TranscriptLine> ofBot(Map<String, Object> activity) {
    JsonNode handoff = JSON.valueToTree(activity);
    JsonNode attachment = TranscriptReader.attachment(handoff).orElse(NullNode.instance);
    JsonNode content = attachment.path("content");
    if (content.isMissingNode() && attachment.hasNonNull("contentUrl")) {
      content = download.fetch(attachment.get("contentUrl").asText());
    }
    return TranscriptReader.lines(content, handoff);
  }

  /** What the journal saw the customer read and write. */
  public List<TranscriptLine> ofJournal(String conversation) {
    List<TranscriptLine> lines = new ArrayList<>();
    for (StoredEntry entry : journal.entries(conversation)) {
      if (entry.lane() == Lane.CUSTOMER) {
        lines.addAll(read(entry.body()));
      }
    }
    return lines;
  }

  private static List<TranscriptLine> read(ObjectNode activity) {
    JsonNode mark = activity.path("channelData").path("baton");
    String speaker = mark.path("speaker").asText("");
    List<TranscriptLine> lines = new ArrayList<>();
    for (TranscriptLine line :
        TranscriptReader.lines(JSON.createArrayNode().add(activity), NullNode.instance)) {
      String role =
          switch (speaker) {
            case "customer" -> "user";
            case "bot", "agent", "system" -> speaker;
            default -> line.role();
          };
      lines.add(
          new TranscriptLine(
              activity.path("id").asText(null),
              line.at(),
              role,
              line.name(),
              line.text(),
              mark.path("source").asText(null)));
    }
    return lines;
  }

  /** A transcript as the hub contract writes it, cut to the hub's {@code maxTranscript}. */
  static List<Map<String, Object>> lines(
      List<TranscriptLine> all, Map<String, Object> capabilities, Report report) {
    int limit = HandoffContext.number(capabilities, "maxTranscript", 0);
    List<Map<String, Object>> lines = new ArrayList<>();
    List<TranscriptLine> newest = TranscriptLimit.newest(all, limit);
    // Where lines were cut, one line says so.
    report.linesLeftOut(newest.size() < all.size() ? all.size() - newest.size() + 1 : 0);
    for (TranscriptLine line : newest) {
      Map<String, Object> map = new LinkedHashMap<>();
      put(map, "id", line.id());
      put(map, "at", line.at());
      put(map, "role", line.role());
      put(map, "name", line.name());
      put(map, "text", line.text());
      lines.add(map);
    }
    return lines;
  }

  private static void put(Map<String, Object> map, String key, Object value) {
    if (value != null) {
      map.put(key, value);
    }
  }
}
