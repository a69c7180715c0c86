package dev.baton.channel.directline;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.conversation.Conversation;
import dev.baton.conversation.Lane;
import dev.baton.directline.server.DirectLineBackend.Listener;
import dev.baton.journal.JournalListener;
import dev.baton.journal.StoredEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Who reads which customer's stream right now, on this node. */
public final class CustomerStreams implements JournalListener {
  private final Map<String, Set<Listener>> listeners = new ConcurrentHashMap<>();
  private final List<BiConsumer<String, List<ObjectNode>>> shown = new CopyOnWriteArrayList<>();

  /**
   * @param listener told, by conversation, of activities that a canvas was given, perhaps more than
   *     once; must not block
   */
  public void onShown(BiConsumer<String, List<ObjectNode>> listener) {
    shown.add(listener);
  }

  void shown(String conversation, List<ObjectNode> activities) {
    shown.forEach(listener -> listener.accept(conversation, activities));
  }

  @Override
  public void committed(Conversation conversation, List<StoredEntry> entries) {
    Set<Listener> readers = listeners.get(conversation.id());
    if (readers == null) {
      return;
    }
    List<ObjectNode> activities = new ArrayList<>();
    for (StoredEntry entry : entries) {
      if (entry.lane() == Lane.CUSTOMER) {
        activities.add(entry.body());
      }
    }
    if (!activities.isEmpty()) {
      long first = conversation.customerActivities() - activities.size();
      readers.forEach(reader -> reader.activities(first, activities));
      shown(conversation.id(), activities);
    }
  }

  /** Shows an activity to whoever reads now; it is not kept. */
  void signal(String conversation, ObjectNode activity) {
    listeners.getOrDefault(conversation, Set.of()).forEach(reader -> reader.signal(activity));
  }

  /** Tells the listener what is new in the stream until the handle is closed. */
  public AutoCloseable listen(String conversation, Listener listener) {
    listeners.compute(
        conversation,
        (id, readers) -> {
          Set<Listener> all = readers == null ? ConcurrentHashMap.newKeySet() : readers;
          all.add(listener);
          return all;
        });
    return () ->
        listeners.computeIfPresent(
            conversation,
            (id, readers) -> {
              readers.remove(listener);
              return readers.isEmpty() ? null : readers;
            });
  }
}
