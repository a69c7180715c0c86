package dev.baton.directline;

import java.time.Instant;

/**
 * What must survive a restart to continue a conversation. Holds a credential: store it as such.
 *
 * @param bot name of the bot, the endpoint's path
 * @param key the caller's own key of the conversation
 * @param url Direct Line root that serves it
 * @param conversationId Direct Line's id; null before the service gave one
 * @param token newest token; null when the secret is used
 * @param tokenExpiresAt when the token ends; null when unknown
 * @param watermark newest watermark up to which everything was processed; null for none
 * @param userId {@code from.id} of posted activities
 * @param userName {@code from.name}, or null
 * @param locale BCP 47, or null
 * @param started whether the service has confirmed the start
 * @param greeted whether the context and the start event were sent
 * @param endedAt when the conversation ended or was lost; null while it lives
 */
public record DirectLineSession(
    String bot,
    String key,
    String url,
    String conversationId,
    String token,
    Instant tokenExpiresAt,
    String watermark,
    String userId,
    String userName,
    String locale,
    boolean started,
    boolean greeted,
    Instant endedAt) {

  DirectLineSession withConversation(String root, String id) {
    return new DirectLineSession(
        bot,
        key,
        root,
        id,
        token,
        tokenExpiresAt,
        watermark,
        userId,
        userName,
        locale,
        started,
        greeted,
        endedAt);
  }

  DirectLineSession withToken(String newToken, Instant expiresAt) {
    return new DirectLineSession(
        bot,
        key,
        url,
        conversationId,
        newToken,
        expiresAt,
        watermark,
        userId,
        userName,
        locale,
        started,
        greeted,
        endedAt);
  }

  DirectLineSession withWatermark(String newWatermark) {
    return new DirectLineSession(
        bot,
        key,
        url,
        conversationId,
        token,
        tokenExpiresAt,
        newWatermark,
        userId,
        userName,
        locale,
        started,
        greeted,
        endedAt);
  }

  DirectLineSession withProgress(boolean nowStarted, boolean nowGreeted) {
    return new DirectLineSession(
        bot,
        key,
        url,
        conversationId,
        token,
        tokenExpiresAt,
        watermark,
        userId,
        userName,
        locale,
        nowStarted,
        nowGreeted,
        endedAt);
  }

  DirectLineSession withEnd(Instant at) {
    return new DirectLineSession(
        bot,
        key,
        url,
        conversationId,
        token,
        tokenExpiresAt,
        watermark,
        userId,
        userName,
        locale,
        started,
        greeted,
        at);
  }

  /** Without the token. */
  @Override
  public String toString() {
    return "DirectLineSession[" + bot + ", " + key + ", " + conversationId + "]";
  }
}
