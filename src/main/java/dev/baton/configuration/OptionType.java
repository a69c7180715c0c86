package dev.baton.configuration;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How the text of an option is read. Every parser throws a message that says what is expected. */
enum OptionType {
  TEXT("text") {
    @Override
    Object parse(String text) {
      return text;
    }
  },
  LIST("comma-separated list") {
    @Override
    Object parse(String text) {
      return split(text);
    }
  },
  BOOLEAN("true or false") {
    @Override
    Object parse(String text) {
      return switch (text.toLowerCase(Locale.ROOT)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException("expected true or false");
      };
    }
  },
  INTEGER("whole number, 0 or more") {
    @Override
    Object parse(String text) {
      if (!text.matches("\\d{1,9}")) {
        throw new IllegalArgumentException("expected a whole number from 0 to 999999999");
      }
      return Integer.valueOf(text);
    }
  },
  PORT("port") {
    @Override
    Object parse(String text) {
      if (!text.matches("\\d{1,5}") || Integer.parseInt(text) > 65535) {
        throw new IllegalArgumentException("expected a port from 0 to 65535; 0 takes any free one");
      }
      return Integer.valueOf(text);
    }
  },
  SIZE("size, such as 256k or 4m") {
    @Override
    Object parse(String text) {
      return Quantities.bytes(text);
    }
  },
  DURATION("duration, such as 30s, 5m, 24h or 30d") {
    @Override
    Object parse(String text) {
      return Quantities.duration(text);
    }
  },
  URL("http or https URL") {
    @Override
    Object parse(String text) {
      return url(text);
    }
  },
  JDBC_URL("JDBC URL") {
    @Override
    Object parse(String text) {
      if (!text.startsWith("jdbc:postgresql:") && !text.startsWith("jdbc:sqlite:")) {
        throw new IllegalArgumentException(
            "expected a URL that begins with jdbc:postgresql: or jdbc:sqlite:");
      }
      if (text.matches(".*[?&]reWriteBatchedInserts=(?i:true).*")) {
        throw new IllegalArgumentException(
            "remove reWriteBatchedInserts: with it the driver does not tell repeats from news");
      }
      return text;
    }
  },
  SECRET("secret") {
    @Override
    Object parse(String text) {
      return new Secret(refusePlaceholder(text));
    }
  },
  SECRETS("comma-separated list of secrets") {
    @Override
    Object parse(String text) {
      return split(text).stream().map(one -> new Secret(refusePlaceholder(one))).toList();
    }
  },
  PASSWORD_HASH("bcrypt hash, made by `baton hash-password`") {
    @Override
    Object parse(String text) {
      if (!text.matches("\\$2[abxy]\\$\\d\\d\\$[./A-Za-z0-9]{53}")) {
        throw new IllegalArgumentException(
            "expected a bcrypt hash, not a readable password; make one with `baton hash-password`");
      }
      return new Secret(text);
    }
  };

  /** What people write where a secret still has to be filled in. */
  private static final Set<String> PLACEHOLDERS =
      Set.of(
          "changeme",
          "changeit",
          "replaceme",
          "placeholder",
          "todo",
          "tbd",
          "fixme",
          "dummy",
          "yoursecret",
          "yourtoken",
          "yourkey",
          "yourpassword",
          "mysecret",
          "insertsecret",
          "secrethere",
          "password",
          "none",
          "null");

  private final String title;

  OptionType(String title) {
    this.title = title;
  }

  /** The type in the words of the reference. */
  String title() {
    return title;
  }

  boolean secret() {
    return this == SECRET || this == SECRETS || this == PASSWORD_HASH;
  }

  /**
   * @param text trimmed and not empty
   * @throws IllegalArgumentException with what was expected; never contains a secret
   */
  abstract Object parse(String text);

  /** The default of options of this type that have none, when nothing is configured. */
  Object absent() {
    return this == LIST || this == SECRETS ? List.of() : null;
  }

  private static List<String> split(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(s -> !s.isEmpty()).toList();
  }

  private static URI url(String text) {
    try {
      URI uri = new URI(text);
      String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https")) && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      throw new IllegalArgumentException("expected a URL: " + e.getReason(), e);
    }
    throw new IllegalArgumentException("expected a URL such as https://host.example/path");
  }

  private static String refusePlaceholder(String text) {
    String bare = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    boolean filler = bare.isEmpty() || bare.matches("(x+|z+|0+|1+|123(4(5(6(7(89?)?)?)?)?)?)");
    boolean bracketed =
        (text.startsWith("<") && text.endsWith(">"))
            || (text.startsWith("[") && text.endsWith("]"))
            || (text.startsWith("${") && text.endsWith("}"));
    if (filler
        || bracketed
        || PLACEHOLDERS.contains(bare)
        || bare.matches("your.*(secret|token|key|password).*")) {
      throw new PlaceholderSecretException();
    }
    return text;
  }

  /** A secret is still what an example or a template had in its place. */
  static final class PlaceholderSecretException extends IllegalArgumentException {
    PlaceholderSecretException() {
      super("this is a placeholder, not a secret");
    }
  }
}
