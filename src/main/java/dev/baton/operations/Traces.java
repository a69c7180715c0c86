package dev.baton.operations;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The trace of the latest request of each conversation. The journal lies between a request and the
 * deliveries that it causes, so these carry the trace of the conversation's latest request. Kept in
 * memory only: it is for watching, not for working.
 */
public final class Traces {
  private static final int LIMIT = 20_000;
  private static final Traces SHARED = new Traces();

  private final Map<String, Trace> latest =
      Collections.synchronizedMap(
          new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Trace> eldest) {
              return size() > LIMIT;
            }
          });

  Traces() {}

  /** The one of this process: trace headers are added in places that know nothing of Baton. */
  public static Traces shared() {
    return SHARED;
  }

  /** Notes the {@code traceparent} of a request; a missing or malformed one changes nothing. */
  public void note(String conversation, String traceparent) {
    if (conversation != null && traceparent != null) {
      Trace.parse(traceparent).ifPresent(trace -> latest.put(conversation, trace));
    }
  }

  /** What a call that a conversation causes carries; empty when no trace is known. */
  public Map<String, String> headers(String conversation) {
    return header(conversation).map(value -> Map.of(Trace.HEADER, value)).orElse(Map.of());
  }

  /** The {@code traceparent} for a call on behalf of the conversation. */
  public Optional<String> header(String conversation) {
    return find(conversation).map(Trace::child);
  }

  Optional<Trace> find(String conversation) {
    return conversation == null ? Optional.empty() : Optional.ofNullable(latest.get(conversation));
  }
}
