package dev.baton.hub;

import java.util.List;

/** Keeps parked events over a restart: a hub that got its 2xx will not send them again. */
public interface ParkedHubEventStore {
  /** Durable when it returns. */
  void add(ParkedHubEvent event);

  void remove(ParkedHubEvent event);

  /** What was left when Baton stopped, in order of arrival. */
  List<ParkedHubEvent> load();
}
