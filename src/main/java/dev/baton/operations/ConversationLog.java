package dev.baton.operations;

import org.slf4j.MDC;

/** Puts a conversation's id, and its trace when there is one, on every log line of this thread. */
public final class ConversationLog {
  /** Key of the conversation's id in the log context. */
  public static final String CONVERSATION = "conversation";

  /** Key of the trace id in the log context. */
  public static final String TRACE = "trace";

  private ConversationLog() {}

  /** Until the returned scope is closed, on the same thread. {@code conversation} may be null. */
  public static Scope with(String conversation) {
    Scope scope = new Scope(MDC.get(CONVERSATION), MDC.get(TRACE));
    if (conversation != null) {
      MDC.put(CONVERSATION, conversation);
      Traces.shared().find(conversation).ifPresent(trace -> MDC.put(TRACE, trace.traceId()));
    }
    return scope;
  }

  /** Restores what the context held before. */
  public static final class Scope implements AutoCloseable {
    private final String conversation;
    private final String trace;

    private Scope(String conversation, String trace) {
      this.conversation = conversation;
      this.trace = trace;
    }

    @Override
    public void close() {
      restore(CONVERSATION, conversation);
      restore(TRACE, trace);
    }

    private static void restore(String key, String value) {
      if (value == null) {
        MDC.remove(key);
      } else {
        MDC.put(key, value);
      }
    }
  }
}
