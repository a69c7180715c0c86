package dev.baton.channel.genesys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/**
 * One call of Genesys.
 *
 * @param face the interface that was called
 * @param key what identifies the call when it is repeated, or null
 * @param arrived when it came
 * @param gone whether nobody waits for the answer any more
 */
record Call(
    GenesysBot bot, Utterance said, Face face, String key, Instant arrived, BooleanSupplier gone) {

  /** The interfaces of Genesys for bots. */
  enum Face {
    BOT_CONNECTOR,
    DIGITAL_BOT_CONNECTOR
  }

  /** Baton's id of the conversation. */
  String conversation() {
    return Sessions.conversation(bot.bot(), said.session());
  }

  /** Whether the turn follows by a call of Baton's. */
  boolean asynchronous() {
    return face == Face.DIGITAL_BOT_CONNECTOR && bot.asynchronous();
  }

  /** When the answer must be given. */
  Instant bound() {
    return arrived.plus(bot.budget(asynchronous()));
  }

  ObjectNode form(Reply reply) {
    return face == Face.BOT_CONNECTOR
        ? ReplyForm.botConnector(reply, bot.settings())
        : ReplyForm.digitalBotConnector(reply, bot.settings());
  }

  String botId() {
    return said.botId() != null ? said.botId() : bot.declaration().id();
  }

  String version() {
    return said.botVersion() != null
        ? said.botVersion()
        : bot.declaration().version(null).map(BotDeclaration.Version::version).orElse("1");
  }

  String language() {
    return said.language() != null ? said.language() : "en-us";
  }
}
