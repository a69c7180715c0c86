package dev.baton.directline.server;

/**
 * What a credential opens.
 *
 * @param bot configured name of the bot
 * @param conversation the one conversation, or null for a secret, which opens all of the bot
 * @param user user id that the credential is bound to, or null
 */
record Scope(String bot, String conversation, String user) {
  boolean isSecret() {
    return conversation == null;
  }
}
