package dev.baton.directline.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.activity.SafeText;

/** Who may act as which user. */
final class Users {
  /** Ids with this prefix are given by a service and prove that a token holds them. */
  static final String LOCKED = "dl_";

  private static final int MAX_ID = 256;

  private Users() {}

  /** {@code user.id} of token parameters, or null. */
  static String idIn(ObjectNode parameters) {
    return checked(Json.text(user(parameters), "id"));
  }

  /** {@code user.name} of token parameters, or null. */
  static String nameIn(ObjectNode parameters) {
    return SafeText.clean(Json.text(user(parameters), "name"));
  }

  /**
   * The user id to act under: the credential's own, else the claimed one; null when neither is.
   *
   * @throws DirectLineException 403 when a token claims an id that it does not hold
   */
  static String actingAs(Scope scope, String claimed) {
    if (scope.user() != null) {
      return scope.user();
    }
    if (claimed != null && claimed.startsWith(LOCKED) && !scope.isSecret()) {
      throw Problem.USER_NOT_IN_TOKEN.with(
          "User ids that start with dl_ must be locked into the token when it is generated.");
    }
    return claimed;
  }

  static String checked(String id) {
    String clean = SafeText.clean(id);
    if (clean != null && clean.length() > MAX_ID) {
      throw Problem.BAD_ARGUMENT.with("A user id has at most " + MAX_ID + " characters.");
    }
    return clean == null || clean.isBlank() ? null : clean;
  }

  private static JsonNode user(ObjectNode parameters) {
    JsonNode user = Json.member(parameters, "user");
    return user == null ? Json.object() : user;
  }
}
