package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonObject;

/** What the simulated organisation says about its representatives. */
public final class OmnichannelAvailability {
  private boolean open = true;
  private boolean agent = true;
  private Integer waitSeconds;
  private Integer position;
  private JsonObject asked;
  private String nextOpen = "0001-01-01T00:00:00Z";

  /** Whether it is within operating hours; {@code next} is when it opens again, or null. */
  public synchronized void open(boolean isOpen, String next) {
    open = isOpen;
    nextOpen = next == null ? "0001-01-01T00:00:00Z" : next;
  }

  /** Whether a representative is free; when not, how long it takes and who comes before. */
  public synchronized void agent(boolean isFree, Integer wait, Integer place) {
    agent = isFree;
    waitSeconds = wait;
    position = place;
  }

  synchronized void ask(JsonObject body) {
    asked = body;
  }

  /** The latest question, or null. */
  public synchronized JsonObject asked() {
    return asked;
  }

  synchronized JsonObject answer() {
    return new JsonObject()
        .put("QueueId", "85e55877-0000-4000-8000-000d3a1ca610")
        .put("IsQueueAvailable", open)
        .put("IsAgentAvailable", open && agent)
        .put("PositionInQueue", position)
        .putNull("AverageWaitTime")
        .put("AverageWaitTimeInSeconds", waitSeconds)
        .put("NumberOfExpertsAvailableInQueue", open && agent ? 1 : 0)
        .put("NextTransitionTime", "9999-12-31T23:59:59Z")
        .put("StartTimeOfNextOperatingHour", nextOpen)
        .put("EndTimeOfNextOperatingHour", "0001-01-01T00:00:00Z");
  }
}
