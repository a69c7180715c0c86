package dev.baton.handoff;

import dev.baton.activity.TranscriptLine;
import dev.baton.activity.TranscriptMerge;
import java.util.List;
import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/**
 * Aggregates the bot's transcript, which comes first, with the journal's copy. Bodies are lists of
 * lines.
 */
public final class TranscriptAggregation implements AggregationStrategy {

  @Override
  public Exchange aggregate(Exchange bots, Exchange journals) {
    if (bots == null) {
      return journals;
    }
    bots.getMessage().setBody(TranscriptMerge.merge(lines(bots), lines(journals)));
    return bots;
  }

  @SuppressWarnings("unchecked")
  private static List<TranscriptLine> lines(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }
}
