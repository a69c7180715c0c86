package dev.baton.hub.servicenow;

import java.util.List;
import java.util.Map;

/** Where hub events go. */
interface EventSink {
  /** Durable, in order, when it returns. @throws RuntimeException when one could not be kept */
  void raise(String hub, List<Map<String, Object>> events);
}
