package dev.baton.simulator.omnichannel;

/**
 * Automated texts of a workstream, the only signs of a chat's life when Omnichannel is reached by
 * Direct Line. An administrator may have changed every one.
 *
 * @param queued to the first message
 * @param joined with the representative's name for {@code %s}
 * @param closed to the first message out of hours
 */
public record CustomChannelTexts(String queued, String joined, String closed) {
  public static CustomChannelTexts english() {
    return new CustomChannelTexts(
        "A customer service representative will be with you shortly.",
        "%s has joined the conversation.",
        "You have reached us outside of our operating hours.");
  }
}
