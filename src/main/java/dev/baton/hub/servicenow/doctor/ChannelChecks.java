package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;
import java.util.Arrays;
import java.util.Locale;

/**
 * The channel "Bot to Bot" and its provider: BTN-2312, BTN-2318, BTN-2319, BTN-2320 and BTN-2321.
 */
final class ChannelChecks {
  static final String CHANNEL = "Bot to Bot";
  static final String EXCLUDED = "com.glide.cs.exclude.liveagent.support";
  private static final String DISABLED = "disable_live_agent";
  static final String ATTACHMENT_ROLE = "glide.attachment.role";

  private ChannelChecks() {}

  /**
   * BTN-2312.
   *
   * @param attributes custom adapter properties of the provider application
   */
  static Finding liveAgent(Target target, Rows channels, Rows attributes, Properties properties) {
    Finding.About about = Symptom.TOPIC_PICKER.about(target, "live agents for the channel");
    boolean excluded =
        Arrays.stream(properties.get(EXCLUDED).split(","))
            .anyMatch(name -> name.strip().equalsIgnoreCase(CHANNEL));
    if (excluded) {
      return about.fail(
          EXCLUDED + " contains \"" + CHANNEL + "\"",
          "live agents are switched off for this channel, so topics come instead",
          "take \"" + CHANNEL + "\" out of the property");
    }
    if (channels.all().stream().anyMatch(row -> row.isTrue(DISABLED))
        || attributes.all().stream()
            .anyMatch(row -> row.get("name").equals(DISABLED) && row.isTrue("value"))) {
      return about.fail(
          DISABLED + " is set", "live agents are switched off for this channel", "set it to false");
    }
    return properties.readable()
        ? about.ok("not switched off")
        : properties.unseen(about, "see that " + EXCLUDED + " does not contain " + CHANNEL);
  }

  /** BTN-2319. */
  static Finding typing(Target target, Rows channels) {
    Finding.About about = Symptom.NO_TYPING.about(target, "typing indicator");
    String byHand = "tick Support typing indicator of sys_cs_channel " + CHANNEL;
    if (missing(channels, "support_typing_indicator")) {
      return unseen(channels, about, byHand);
    }
    return channels.all().stream().anyMatch(row -> row.isTrue("support_typing_indicator"))
        ? about.ok("supported by the channel")
        : about.warn("not supported by the channel", "the flag is off", byHand);
  }

  /** BTN-2320. */
  static Finding synchronous(Target target, Rows channels) {
    Finding.About about = Symptom.SYNCHRONOUS.about(target, "asynchronous mode");
    String byHand = "untick Synchronous of sys_cs_channel " + CHANNEL;
    if (missing(channels, "synchronous")) {
      return unseen(channels, about, byHand);
    }
    return channels.all().stream().anyMatch(row -> row.isTrue("synchronous"))
        ? about.fail(
            "the channel is synchronous",
            "answers come in the HTTP response, and agents' lines may not come at all",
            byHand)
        : about.ok("replies come as callbacks");
  }

  /** BTN-2321. */
  static Finding ordering(Target target, Rows providers) {
    Finding.About about = Symptom.OUT_OF_ORDER.about(target, "message order");
    String byHand = "tick Maintain message ordering of sys_cs_provider VA Bot to Bot Provider";
    if (missing(providers, "maintain_message_ordering")) {
      return unseen(providers, about, byHand);
    }
    return providers.all().stream().anyMatch(row -> row.isTrue("maintain_message_ordering"))
        ? about.ok("kept by ServiceNow")
        : about.warn(
            "Maintain message ordering is off",
            "two lines of an agent may overtake each other on their way to Baton",
            byHand);
  }

  /**
   * BTN-2318.
   *
   * @param applications the provider application
   */
  static Finding attachments(Target target, Rows applications, Properties properties) {
    Finding.About about = Symptom.ATTACHMENT_LOST.about(target, "attachments");
    String role = properties.get(ATTACHMENT_ROLE);
    String roles = role.isBlank() ? "" : "; uploads need one of the roles " + role;
    if (target.uploads()) {
      return role.isBlank()
          ? about.ok("uploaded to the instance")
          : about.warn(
              "uploaded to the instance" + roles,
              "uploads fail when the service account has none of these",
              "give the service account one of them");
    }
    String byHand =
        "add " + target.mediaHost() + " to Trusted media domains of the provider application";
    if (missing(applications, "trusted_media_domains")) {
      return unseen(applications, about, byHand);
    }
    String trusted = applications.all().get(0).get("trusted_media_domains");
    if (Arrays.stream(trusted.split("[,;\\s]+")).noneMatch(d -> covers(d, target.mediaHost()))) {
      return about.warn(
          "trusted media domains: " + (trusted.isBlank() ? "none" : trusted),
          "ServiceNow drops files from other hosts silently",
          byHand);
    }
    return about.ok(target.mediaHost() + " is trusted" + roles);
  }

  private static boolean covers(String domain, String host) {
    String clean =
        domain.toLowerCase(Locale.ROOT).replaceAll("^[*.]+", "").replaceAll(":\\d+$", "");
    String wanted = host.toLowerCase(Locale.ROOT);
    return !clean.isEmpty() && (wanted.equals(clean) || wanted.endsWith("." + clean));
  }

  private static boolean missing(Rows rows, String column) {
    return rows.all().stream().noneMatch(row -> row.has(column));
  }

  /** For a table that cannot be read, has no such row, or has no such column. */
  private static Finding unseen(Rows rows, Finding.About about, String byHand) {
    if (!rows.readable()) {
      return rows.unseen(about, byHand);
    }
    return about.passive(
        rows.isEmpty()
            ? "no row of that name in " + rows.table()
            : rows.table() + " has no such column here",
        "another release of ServiceNow",
        byHand);
  }
}
