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
  Intent {
    slots = Collections.unmodifiableMap(new LinkedHashMap<>(slots));
  }
}
