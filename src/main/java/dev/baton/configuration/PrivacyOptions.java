package dev.baton.configuration;

import static dev.baton.configuration.OptionType.LIST;
import static dev.baton.configuration.OptionType.TEXT;

/** What is masked or kept back on the way to a hub. */
final class PrivacyOptions {
  private PrivacyOptions() {}

  /** Takes one option into the catalogue. */
  interface Catalogue {
    void add(String name, OptionType type, String preset, String description);
  }

  static void add(Catalogue options) {
    options.add(
        "baton.privacy.mask",
        LIST,
        "",
        "Kinds of text that are masked in transcript and variables: card, iban, email, phone,"
            + " us-ssn, ipv4, or your own patterns");
    options.add(
        "baton.privacy.pattern.<name>",
        TEXT,
        null,
        "A pattern of your own for the masks: a regular expression");
    options.add(
        "baton.privacy.mask-fields", LIST, "", "Names of context variables whose value is masked");
    options.add(
        "baton.privacy.allow-keys",
        LIST,
        "",
        "The only context variables that leave; empty allows all");
    options.add(
        "baton.hubs.<hub>.mask",
        LIST,
        null,
        "For this hub instead of baton.privacy.mask; none masks nothing");
    options.add(
        "baton.hubs.<hub>.mask-fields",
        LIST,
        null,
        "For this hub instead of baton.privacy.mask-fields; none masks nothing");
    options.add(
        "baton.hubs.<hub>.allow-keys",
        LIST,
        null,
        "For this hub instead of baton.privacy.allow-keys; none allows all");
    options.add(
        "baton.hubs.<hub>.deny-keys", LIST, null, "For this hub beside baton.handoff.deny-keys");
  }
}
