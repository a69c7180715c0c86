package dev.baton.hub.servicenow;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What Baton knows of one conversation in ServiceNow. Written to the store before the request that
 * opens it, so that callbacks, a repeated opening and a restart find it. Times are epoch
 * milliseconds; 0 means that nothing is due.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.NON_PRIVATE,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
final class Session {
  /** Where the conversation stands, from what ServiceNow said. */
  enum Phase {
    /** Asked for; nothing is known of its effect. */
    REQUESTED,
    /** Handed to Agent Chat, no agent has it. */
    QUEUED,
    /** An agent has it. */
    CONNECTED,
    /** The agent is gone; a survey may follow. */
    CLOSING,
    ENDED
  }

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();
  private static final int REMEMBERED = 50;

  /**
   * {@code clientSessionId}: fresh for every handoff, and the hub's conversation id for the core.
   */
  String id;

  String hub;
  String handoffId;
  String conversation;

  /** Number of the handoff within its conversation. */
  int generation;

  String userId;
  String email;
  Phase phase = Phase.REQUESTED;

  /** How often the opening request was sent, or was about to be. */
  int attempts;

  /** ServiceNow accepted the opening request. */
  boolean accepted;

  /** A callback has come. */
  boolean heard;

  /** sys_id of the interaction, once known. */
  String interactionId;

  String agentId;
  String agentName;

  /** An agent accepted, but the core does not know yet: the name is being looked up. */
  boolean acceptPending;

  /** The core knows that an agent has it. */
  boolean announced;

  /** How often an agent accepted. */
  int accepts;

  /** Baton asked for the end: nothing that comes later is of interest. */
  boolean endedHere;

  /** ServiceNow still has to be told that it is over. */
  boolean mustEnd;

  /** ServiceNow was told that it is over. */
  boolean endSent;

  /** Why ServiceNow refused to open it. */
  String refusal;

  /** Transcript still to be sent, in ServiceNow's form. */
  List<Map<String, Object>> history = new ArrayList<>();

  /** Id of the request for which {@link #turnBy} runs. */
  String turnRequest;

  /** The customer is to talk with ServiceNow's bot until it, or they, ask for an agent. */
  boolean virtualAgent;

  /** ServiceNow's bot has the conversation as if it were an agent. */
  boolean withBot;

  /** {@code AGENT} was sent. */
  boolean agentAsked;

  /** Not before this moment is a follow-up sent, or tried again. */
  long nextAt;

  /** Until when the opening must have been accepted. */
  long staleBy;

  /** Numbers the events that carry no id of their own. */
  int events;

  /** The line about waiting that was shown last. */
  String waitText;

  /** The options that the customer can pick from now: label to value. */
  Map<String, Object> options = new LinkedHashMap<>();

  /** {@code Date}, {@code Time} or {@code DateTime} while ServiceNow asks for one. */
  String asked;

  /** A survey's question waits for its answer. */
  boolean question;

  /** The message that was being sent last, and how it was understood: the same at every attempt. */
  String answerTo;

  String answer;
  boolean picked;

  /** Texts that came before it was clear whether Agent Chat takes the conversation. */
  List<Map<String, Object>> held = new ArrayList<>();

  /** Requests still to be made after the opening one, such as {@code AGENT}. */
  List<String> next = new ArrayList<>();

  /** Parts of answers that are being streamed: stream id to sequence to text. */
  Map<String, TreeMap<Integer, String>> streams = new LinkedHashMap<>();

  /** Hashes of items without id, and when they came first. */
  Map<String, Long> recent = new LinkedHashMap<>();

  /** Ids of messages that were raised. */
  List<String> seen = new ArrayList<>();

  long openedAt;

  /** When the customer last wrote. */
  long customerAt;

  /** Until when a first callback is waited for. */
  long firstCallbackBy;

  /** Until when Agent Chat must have taken the conversation. */
  long handoverBy;

  /** Until when an answer to the request that is under way is waited for, during a bot's turn. */
  long turnBy;

  /** Until when a survey may go on. */
  long surveyBy;

  /** When the interaction is looked at next, and how long that was put off. */
  long watchAt;

  long watchGap;

  /** Waiting for an agent for this long is worth a line in the log. */
  long longQueueAt;

  /** Whether the bot, not an agent or a queue, has the conversation at ServiceNow's side. */
  @JsonIgnore
  boolean botPhase() {
    return phase == Phase.REQUESTED || phase == Phase.CLOSING || withBot;
  }

  @JsonIgnore
  boolean ended() {
    return phase == Phase.ENDED;
  }

  boolean connectedOnce() {
    return accepts > 0;
  }

  /** The next moment at which something is due, or null. */
  Instant due() {
    if (ended()) {
      return next.isEmpty() ? null : Instant.EPOCH;
    }
    return Stream.of(
            firstCallbackBy,
            handoverBy,
            surveyBy,
            watchAt,
            longQueueAt,
            accepted ? 0 : staleBy,
            followUp() ? Math.max(1, nextAt) : 0,
            acceptPending ? 1L : 0)
        .filter(at -> at > 0)
        .min(Long::compare)
        .map(Instant::ofEpochMilli)
        .orElse(null);
  }

  /** Whether a request is to be made that the opening did not make. */
  @JsonIgnore
  boolean followUp() {
    return accepted && heard && !(next.isEmpty() && history.isEmpty());
  }

  /** An id for an event that carries none, never used before in this session. */
  String eventId(String kind) {
    events++;
    return id + ":" + kind + ":" + events;
  }

  /**
   * Whether an item without id came before, within the window.
   *
   * @param hash of the item
   */
  boolean repeats(String hash, Instant now, Duration window) {
    long oldest = now.minus(window).toEpochMilli();
    recent.values().removeIf(at -> at < oldest);
    return recent.putIfAbsent(hash, now.toEpochMilli()) != null;
  }

  /** Whether a message with this id was raised before; remembers it. */
  boolean saw(String messageId) {
    if (seen.contains(messageId)) {
      return true;
    }
    seen.add(messageId);
    if (seen.size() > REMEMBERED) {
      seen.remove(0);
    }
    return false;
  }

  boolean sameAgent(String otherId, String otherName) {
    if (agentId != null && otherId != null) {
      return agentId.equals(otherId);
    }
    return agentName == null || otherName == null || agentName.equals(otherName);
  }

  String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Session of(String json) {
    try {
      return JSON.readValue(json, Session.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A conversation in ServiceNow cannot be read", e);
    }
  }
}
