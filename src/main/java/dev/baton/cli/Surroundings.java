package dev.baton.cli;

import dev.baton.configuration.Settings;
import dev.baton.extension.RouteFolderCheck;
import dev.baton.operations.Administration;
import dev.baton.simulator.omnichannel.OmnichannelOptions;
import dev.baton.simulator.servicenow.InstanceOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

/** What commands set going. */
interface Surroundings {

  /**
   * Runs Baton until it is told to stop.
   *
   * @param overrides what the command line sets
   * @param configuration the file asked for, or null for the usual one
   * @return the exit code
   */
  int run(Properties overrides, Path configuration) throws Exception;

  /** Opens the store of a Baton that does not run. */
  Administration openStore(Settings settings);

  /** Tries the own routes without starting anything. */
  List<RouteFolderCheck.Refusal> refusedRoutes(Settings settings) throws Exception;

  /** Starts the simulated bot and waits until the process is told to stop. */
  int simulateCopilot(int port) throws Exception;

  /**
   * Starts the simulated hub with an agent who echoes, and waits until the process is told to stop.
   */
  int simulateHttpHub(int port, String token, String callbackSecret) throws Exception;

  /**
   * Starts the simulated Genesys Cloud and waits until the process is told to stop.
   *
   * @param echo whether an agent answers by itself
   */
  int simulateGenesys(int port, String webhook, boolean echo) throws Exception;

  /**
   * Starts the simulated Omnichannel and waits until the process is told to stop.
   *
   * @param accept whether an agent answers by itself
   * @param directLinePort also one behind Direct Line on this port; null for none
   * @param botEndpoint also one whose bot is there; null for none
   */
  int simulateOmnichannel(
      OmnichannelOptions options, boolean accept, Integer directLinePort, String botEndpoint)
      throws Exception;

  /** Starts the simulated ServiceNow instance and waits until the process is told to stop. */
  int simulateServiceNow(InstanceOptions options) throws Exception;
}
