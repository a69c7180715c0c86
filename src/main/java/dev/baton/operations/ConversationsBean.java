package dev.baton.operations;

import com.fasterxml.jackson.databind.JsonNode;
import dev.baton.journal.JournalStatistics;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.StaticService;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.support.service.ServiceSupport;

/**
 * The conversations, over JMX: {@code
 * org.apache.camel:context=baton,type=services,name=ConversationsBean}. Add it to the context as a
 * service.
 */
@ManagedResource(description = "Conversations of this Baton")
public final class ConversationsBean extends ServiceSupport implements StaticService {
  private final JournalStatistics statistics;
  private final Administration administration;

  public ConversationsBean(JournalStatistics statistics, Administration administration) {
    this.statistics = statistics;
    this.administration = administration;
  }

  @ManagedAttribute(description = "Conversations by who answers: BOT, PENDING, AGENT, ENDED")
  public Map<String, Long> getConversationsByState() {
    return named(statistics.statistics().conversations());
  }

  @ManagedAttribute(description = "Conversations that have not ended, by bot")
  public Map<String, Long> getOpenByBot() {
    return named(statistics.statistics().openByBot());
  }

  @ManagedAttribute(description = "Conversations that wait for or have an agent, by hub")
  public Map<String, Long> getOpenByHub() {
    return named(statistics.statistics().openByHub());
  }

  @ManagedAttribute(description = "Entries that wait for delivery, by lane")
  public Map<String, Long> getLaneDepths() {
    return named(statistics.statistics().laneDepths());
  }

  @ManagedAttribute(description = "Entries given up")
  public long getDeadLetters() {
    return statistics.statistics().deadLetters();
  }

  @ManagedAttribute(
      description = "Seconds that the longest waiting customer has waited; 0 when none")
  public long getOldestWaitingSeconds() {
    Instant since = statistics.statistics().oldestWaiting();
    return since == null ? 0 : Math.max(0, Duration.between(since, Instant.now()).toSeconds());
  }

  @ManagedOperation(
      description = "Conversations as JSON; state: bot, pending, agent, ended or empty")
  public List<String> list(String state, int limit) {
    return administration.conversations(state, limit).stream().map(JsonNode::toString).toList();
  }

  @ManagedOperation(description = "One conversation with its entries as JSON")
  public String show(String conversation) {
    return administration.conversation(conversation).map(JsonNode::toString).orElse(null);
  }

  @ManagedOperation(description = "Ends a conversation at both ends")
  public boolean end(String conversation, String reason) {
    return administration.end(conversation, reason);
  }

  @ManagedOperation(description = "Dead letters as JSON")
  public List<String> deadLetters(int limit) {
    return administration.deadLetters(null, limit).stream().map(JsonNode::toString).toList();
  }

  @ManagedOperation(description = "Puts a dead letter back into its lane")
  public boolean replay(String conversation, long seq) {
    return administration.replay(conversation, seq);
  }

  @ManagedOperation(description = "Drops a dead letter for good")
  public boolean drop(String conversation, long seq) {
    return administration.drop(conversation, seq);
  }

  @ManagedOperation(description = "Stops taking new conversations; those that run go on")
  public void drain() {
    administration.drain();
  }

  private static Map<String, Long> named(Map<?, Long> counts) {
    Map<String, Long> named = new TreeMap<>();
    counts.forEach((key, count) -> named.put(String.valueOf(key), count));
    return named;
  }
}
