package dev.baton.simulator.copilot;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How the simulated Copilot Studio runs.
 *
 * @param host address to listen on
 * @param port TCP port, 0 for any free one
 * @param bot name of the bot
 * @param secret its Direct Line secret; anything, as nothing behind it is secret
 * @param script the bot's script, or null for the one that comes with Baton
 * @param answersBeforePostReturns whether the bot's answers stand in the stream before the client
 *     gets the answer to its post, which is usual in the real service
 * @param answerDelay otherwise, how long after the post the bot answers
 * @param pace factor on every wait in the script; 0 makes the bot answer at once
 * @param faults whether faults can be ordered; without, calls take no extra hop
 * @param holdsPost whether a post is answered only when the bot's turn is over, as the real service
 *     does with bots that send everything from within their webhook
 */
public record CopilotOptions(
    String host,
    int port,
    String bot,
    String secret,
    Path script,
    boolean answersBeforePostReturns,
    Duration answerDelay,
    double pace,
    boolean faults,
    boolean holdsPost) {

  public CopilotOptions {
    if (port < 0 || port > 65535) {
      throw new SimulatorException(
          "BTN-4706", "The simulator's port must be between 0 and 65535, not " + port, null);
    }
    if (!(pace >= 0 && pace <= 1000)) {
      throw new SimulatorException(
          "BTN-4706", "The simulator's pace must be between 0 and 1000, not " + pace, null);
    }
  }

  /** A bot {@code demo} on a free loopback port. */
  public static CopilotOptions defaults() {
    return new CopilotOptions(
        "127.0.0.1",
        0,
        "demo",
        "simulated-secret",
        null,
        true,
        Duration.ofMillis(20),
        1,
        true,
        false);
  }

  public CopilotOptions host(String host) {
    return new CopilotOptions(
        host,
        port,
        bot,
        secret,
        script,
        answersBeforePostReturns,
        answerDelay,
        pace,
        faults,
        holdsPost);
  }

  public CopilotOptions port(int port) {
    return new CopilotOptions(
        host,
        port,
        bot,
        secret,
        script,
        answersBeforePostReturns,
        answerDelay,
        pace,
        faults,
        holdsPost);
  }

  public CopilotOptions secret(String secret) {
    return new CopilotOptions(
        host,
        port,
        bot,
        secret,
        script,
        answersBeforePostReturns,
        answerDelay,
        pace,
        faults,
        holdsPost);
  }

  public CopilotOptions script(Path script) {
    return new CopilotOptions(
        host,
        port,
        bot,
        secret,
        script,
        answersBeforePostReturns,
        answerDelay,
        pace,
        faults,
        holdsPost);
  }

  /** The bot answers only this long after the post has been answered. */
  public CopilotOptions answersAfter(Duration delay) {
    return new CopilotOptions(
        host, port, bot, secret, script, false, delay, pace, faults, holdsPost);
  }

  /** A post is answered only when the bot's turn is over. */
  public CopilotOptions holdingPosts() {
    return new CopilotOptions(
        host, port, bot, secret, script, true, answerDelay, pace, faults, true);
  }

  public CopilotOptions pace(double pace) {
    return new CopilotOptions(
        host,
        port,
        bot,
        secret,
        script,
        answersBeforePostReturns,
        answerDelay,
        pace,
        faults,
        holdsPost);
  }

  public CopilotOptions withoutFaults() {
    return new CopilotOptions(
        host,
        port,
        bot,
        secret,
        script,
        answersBeforePostReturns,
        answerDelay,
        pace,
        false,
        holdsPost);
  }
}
