package dev.baton.simulator.genesys;

/**
 * A human who works in the simulated Genesys Cloud.
 *
 * @param id user id
 */
public record GenesysAgent(String id, String name) {

  /** The agent who acts when none is named. */
  public static final GenesysAgent ROBIN =
      new GenesysAgent("a0000000-0000-4000-8000-000000000001", "Robin Field");

  /** Another, to whom conversations are transferred. */
  public static final GenesysAgent SAM =
      new GenesysAgent("a0000000-0000-4000-8000-000000000002", "Sam Rivers");
}
