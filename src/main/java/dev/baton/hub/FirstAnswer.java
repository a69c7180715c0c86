package dev.baton.hub;

import org.apache.camel.AggregationStrategy;
import org.apache.camel.Exchange;

/** Of the parts of a split message, the answer to the first stands for all. */
public final class FirstAnswer implements AggregationStrategy {
  @Override
  public Exchange aggregate(Exchange first, Exchange next) {
    return first == null ? next : first;
  }
}
