package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.concurrent.CompletionStage;

/** Turns that follow by a call of Baton's. */
interface OutgoingMessages {
  /**
   * @param request an {@code OutgoingMessageRequest}
   * @return whether Genesys has it; false when it is given up
   */
  CompletionStage<Boolean> send(GenesysBot bot, String conversation, ObjectNode request);
}
