package dev.baton.simulator.http;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the simulated hub does wrong, on demand. Safe to change while it runs. */
public final class HubFaults {
  private final Map<String, Deque<Answer>> scripted = new ConcurrentHashMap<>();
  private volatile String closedReason;
  private volatile boolean down;
  private volatile Duration slow = Duration.ZERO;
  private volatile int maxTranscript = Integer.MAX_VALUE;

  /** One scripted answer. {@code status} 0 drops the connection after the work was done. */
  record Answer(int status, String retryAfter) {}

  /** {@code CLOSED} or {@code NO_AGENT}: the hub takes nobody in; null: it is open again. */
  public HubFaults closed(String reason) {
    closedReason = reason;
    return this;
  }

  /** While down every connection is dropped without an answer. */
  public HubFaults down(boolean isDown) {
    down = isDown;
    return this;
  }

  /** How long every answer is held back. */
  public HubFaults slow(Duration delay) {
    slow = delay;
    return this;
  }

  /** A handoff with more transcript lines is answered 413. */
  public HubFaults maxTranscript(int lines) {
    maxTranscript = lines;
    return this;
  }

  /**
   * The next calls of an operation are answered with a status, and nothing else is done.
   *
   * @param operation {@code availability}, {@code open}, {@code send}, {@code typing}, {@code end}
   * @param retryAfter value of {@code Retry-After}, or null
   */
  public HubFaults answer(String operation, int status, String retryAfter, int times) {
    Deque<Answer> answers = scripted.computeIfAbsent(operation, o -> new ArrayDeque<>());
    synchronized (answers) {
      for (int i = 0; i < times; i++) {
        answers.add(new Answer(status, retryAfter));
      }
    }
    return this;
  }

  /** The next calls of an operation are carried out, but their answer is lost. */
  public HubFaults loseAnswer(String operation, int times) {
    return answer(operation, 0, null, times);
  }

  /** Ends every fault. */
  public void none() {
    scripted.clear();
    closedReason = null;
    down = false;
    slow = Duration.ZERO;
    maxTranscript = Integer.MAX_VALUE;
  }

  Answer next(String operation) {
    Deque<Answer> answers = scripted.get(operation);
    if (answers == null) {
      return null;
    }
    synchronized (answers) {
      return answers.poll();
    }
  }

  String closedReason() {
    return closedReason;
  }

  boolean isDown() {
    return down;
  }

  Duration delay() {
    return slow;
  }

  int transcriptLimit() {
    return maxTranscript;
  }
}
