package dev.baton.hub.desk;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Handoff;
import dev.baton.journal.Journal;
import dev.baton.journal.StoredEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The newest line of each conversation, so that a list does not read every stream again. */
final class LastLines {
  private static final int MAX_REMEMBERED = 2_000;
  private static final int PAGE = 50;
  private static final int MAX_PAGES = 20;

  private record Seen(String version, ObjectNode line) {}

  private final Journal journal;
  private final Map<String, Seen> seen =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  LastLines(Journal journal) {
    this.journal = journal;
  }

  /** Until when the desk shows a conversation: what comes after the human part is not its own. */
  static Instant horizon(Conversation conversation) {
    Handoff handoff = conversation.handoff();
    return handoff.isOpen() || handoff.endedAt() == null ? Instant.MAX : handoff.endedAt();
  }

  /** The newest line that is remembered, perhaps an older one; never reads. */
  Optional<ObjectNode> remembered(Conversation conversation) {
    synchronized (seen) {
      return Optional.ofNullable(seen.get(conversation.id())).map(Seen::line);
    }
  }

  /** Notes a line that has just become durable; {@code line} is null when nothing was said. */
  void note(Conversation conversation, ObjectNode line) {
    synchronized (seen) {
      Seen before = seen.get(conversation.id());
      if (line != null) {
        seen.put(conversation.id(), new Seen(version(conversation), line));
      } else if (before != null && conversation.handoff().isOpen()) {
        seen.put(conversation.id(), new Seen(version(conversation), before.line));
      }
    }
  }

  /** The newest line; reads the journal when it is not remembered. */
  Optional<ObjectNode> read(Conversation conversation) {
    String version = version(conversation);
    synchronized (seen) {
      Seen known = seen.get(conversation.id());
      if (known != null && known.version.equals(version)) {
        return Optional.of(known.line);
      }
    }
    Optional<ObjectNode> line = search(conversation);
    line.ifPresent(
        found -> {
          synchronized (seen) {
            seen.put(conversation.id(), new Seen(version, found));
          }
        });
    return line;
  }

  private Optional<ObjectNode> search(Conversation conversation) {
    Instant horizon = horizon(conversation);
    long end = conversation.customerActivities();
    for (int page = 0; page < MAX_PAGES && end > 0; page++) {
      long after = Math.max(-1, end - 1 - PAGE);
      int size = (int) (end - 1 - after);
      List<StoredEntry> entries = journal.customerStream(conversation.id(), after, size);
      for (int i = entries.size() - 1; i >= 0; i--) {
        StoredEntry entry = entries.get(i);
        Optional<ObjectNode> line =
            entry.at().isAfter(horizon)
                ? Optional.empty()
                : DeskLine.of(entry, after + 1 + i, conversation.customer())
                    .filter(DeskLine::isSaid);
        if (line.isPresent()) {
          return line;
        }
      }
      end = after + 1;
    }
    return Optional.empty();
  }

  private static String version(Conversation conversation) {
    return conversation.handoff().isOpen()
        ? "open:" + conversation.customerActivities()
        : conversation.handoff().id();
  }
}
