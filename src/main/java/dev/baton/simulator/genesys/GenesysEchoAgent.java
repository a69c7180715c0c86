package dev.baton.simulator.genesys;

import java.util.Locale;

/**
 * An agent for trying out: accepts every conversation, repeats what is written, is transferred away
 * at "transfer" and leaves at "bye".
 */
public final class GenesysEchoAgent {
  private GenesysEchoAgent() {}

  /** Lets it answer every conversation from now on. */
  public static void answer(GenesysSimulator genesys) {
    genesys.onMessage(conversation -> react(genesys.agents(), conversation));
  }

  private static void react(GenesysAgents agents, GenesysConversation conversation) {
    if (conversation.ended()) {
      return;
    }
    if (conversation.state().equals("queue")) {
      agents.accept(conversation);
      agents.say(conversation, "Hello, this is " + GenesysAgent.ROBIN.name() + ".");
      return;
    }
    String text = conversation.inboundTexts().get(conversation.inboundTexts().size() - 1);
    switch (text.strip().toLowerCase(Locale.ROOT)) {
      case "bye" -> agents.leave(conversation);
      case "transfer" ->
          agents.transfer(conversation, GenesysAgent.SAM, DisconnectType.CONSULT_TRANSFER);
      default -> agents.say(conversation, "You wrote: " + text);
    }
  }
}
