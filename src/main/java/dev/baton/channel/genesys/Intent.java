package dev.baton.channel.genesys;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An intent that Genesys knows of.
 *
 * @param slots types by name, in the order of their declaration
 */
record Intent(String name, Map<String, SlotType> slots) {
  private static final int MAX_NAME = 100;

  Intent {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }

  /** The same intent with more slots, as far as there is room; its own stay as they are. */
  Intent with(Map<String, SlotType> more) {
    Map<String, SlotType> all = new LinkedHashMap<>(slots);
    more.forEach(
        (slot, type) -> {
          if (all.size() < HandoffSlots.MAX_SLOTS && !slot.isBlank() && slot.length() <= MAX_NAME) {
            all.putIfAbsent(slot.strip(), type);
          }
        });
    return new Intent(name, all);
  }
}
