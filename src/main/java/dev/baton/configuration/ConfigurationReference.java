package dev.baton.configuration;

import java.util.List;
import java.util.Map;

/** Writes the catalogue for people: the reference page and the block of defaults. */
final class ConfigurationReference {
  static final String BEGIN = "# ---- begin of generated defaults ----";
  static final String END = "# ---- end of generated defaults ----";

  private ConfigurationReference() {}

  /** The page {@code docs/configuration.md}. */
  static String page() {
    StringBuilder page = new StringBuilder(INTRODUCTION);
    for (Map.Entry<String, List<Option>> group : Options.groups().entrySet()) {
      page.append("\n## ").append(group.getKey()).append("\n\n");
      page.append("| option | type | default | what it does |\n|---|---|---|---|\n");
      for (Option option : group.getValue()) {
        page.append("| `").append(option.name()).append("` | ").append(type(option)).append(" | ");
        page.append(option.preset() == null ? "" : "`" + option.preset() + "`").append(" | ");
        page.append(option.description()).append(" |\n");
      }
    }
    return page.toString();
  }

  /** The lines between {@link #BEGIN} and {@link #END} of {@code application.properties}. */
  static String defaults() {
    StringBuilder lines = new StringBuilder(BEGIN).append('\n');
    for (Map.Entry<String, List<Option>> group : Options.groups().entrySet()) {
      lines.append("\n# == ").append(group.getKey()).append(" ==\n");
      for (Option option : group.getValue()) {
        lines.append("# ").append(option.description()).append('\n');
        boolean active = option.preset() != null && !option.isPattern();
        lines.append(active ? "" : "#").append(option.name()).append('=');
        lines.append(option.preset() == null ? "" : option.preset()).append('\n');
      }
    }
    return lines.append('\n').append(END).append('\n').toString();
  }

  private static String type(Option option) {
    return option.choices().isEmpty()
        ? option.type().title()
        : "`" + String.join("`, `", option.choices()) + "`";
  }

  private static final String INTRODUCTION =
      """
      # Configuration

      Generated from the code; `./mvnw -q test -Dtest=ConfigurationReferenceTest -Dbaton.reference.write=true` writes it anew.

      Options stand in `conf/application.properties` (or the file named by `--config`), in UTF-8. The later wins:

      1. the defaults below, shipped in the jar;
      2. the file;
      3. environment variables: `BATON_PORT` sets `baton.port`, `BATON_BOTS_SHOP_SECRET` sets `baton.bots.shop.secret`
         (upper case, `_` for `.` and `-`; for options with one word of yours);
      4. system properties: `-Dbaton.port=8081`;
      5. the command line, for example `--port`.

      In values, `{{env:NAME}}` is an environment variable, `{{env:NAME:default}}` the same with a default,
      `{{file:/run/secrets/token}}` the content of a file without its line end, and `{{other.key}}` another property. These
      work in routes too. Keep secrets out of the file in this way; Baton refuses to start with a secret such as `changeme`,
      `<secret>`, `your-secret` or `xxx`, and never prints one.

      Keys that begin with `baton.` are checked: an unknown one is an error that names the nearest known one. `camel.*` keys
      are Camel's own and checked by it. Any other prefix is free for your routes. `./baton check` checks everything without
      starting.

      In the tables `<word>` is a name that you choose (letters, digits, `-`, `_`).
      """;
}
