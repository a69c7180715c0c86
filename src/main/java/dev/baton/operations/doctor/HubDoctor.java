package dev.baton.operations.doctor;

import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import java.util.List;

/**
 * Examines hubs of one type. Implementations are found by {@link java.util.ServiceLoader}; a type
 * without one is only asked whether its URL answers.
 */
public interface HubDoctor {

  /** The value of {@code baton.hubs.<hub>.type}. */
  String type();

  /**
   * Changes nothing in the hub unless {@link Wishes#endToEnd()}. May block for as long as the hub
   * takes to answer.
   *
   * @return at least one finding; the one to be remedied first stands first among the failed ones
   */
  List<Finding> examine(HubSettings hub, Settings settings, Wishes wishes);
}
