package dev.baton.hub.servicenow.doctor;

import dev.baton.operations.doctor.Finding;

/** Whether the service account gets in at all: BTN-2304, BTN-2307 and BTN-2325. */
final class SignInCheck {
  private SignInCheck() {}

  /**
   * @param first the answer to the first question asked of the instance
   */
  static Finding basic(Target target, Rows first) {
    Finding.About about = Symptom.AUTHENTICATION.about(target, "signing in");
    TableProblem problem = first.problem();
    if (problem == null || isAnswer(problem.kind())) {
      String who = target.account() == null ? "" : " as " + target.account();
      return about.ok("accepted" + who + (target.oauth() ? " with OAuth" : " with Basic"));
    }
    return switch (problem.kind()) {
      case UNAUTHORIZED ->
          about.fail(
              "refused: " + problem.getMessage(),
              target.oauth()
                  ? "the token is not accepted, or its user is locked out"
                  : "wrong user or password, a user that is locked out, or a password never set",
              target.oauth()
                  ? "check the OAuth client and the user it stands for"
                  : "set the password of the user in ServiceNow again, and "
                      + target.option("password"));
      case NOT_JSON ->
          new Finding.About("BTN-4513", "hub " + target.hub(), "instance")
              .fail(
                  "answers with a page instead of JSON",
                  "a developer instance that sleeps, or the URL of something else",
                  "wake the instance in the developer portal, and check " + target.option("url"));
      case UNREACHABLE ->
          new Finding.About("BTN-4507", "hub " + target.hub(), "address")
              .fail(
                  problem.getMessage(),
                  "wrong URL, or a firewall or proxy between here and there",
                  "correct " + target.option("url") + " or the network");
      case LIMITED ->
          Symptom.RATE_LIMIT
              .about(target, "rate limit")
              .fail(
                  problem.getMessage(),
                  "a rule in sys_rate_limit_rules stops this user",
                  "raise the limit of that rule, or wait for its reset");
      default ->
          about.fail(
              problem.getMessage(), "the instance is out of order", "look at its system log");
    };
  }

  /** BTN-2307; with Basic only the second factor matters. */
  static Finding oauth(Target target, Rows first) {
    Finding.About about = Symptom.OAUTH.about(target, "OAuth");
    TableProblem.Kind kind = first.problem() == null ? null : first.problem().kind();
    if (kind == TableProblem.Kind.SECOND_FACTOR) {
      return about.fail(
          "refused, X-MFA_TOKEN asks for a second factor",
          "multi-factor authentication is required of the service account",
          "exempt the integration user from it, or use OAuth with client credentials");
    }
    if (!target.oauth()) {
      return about.ok("not used; no second factor is asked for");
    }
    if (kind == TableProblem.Kind.NO_TOKEN) {
      return about.fail(
          first.problem().getMessage(),
          "client id or secret wrong or rotated, grant type not allowed, or wrong password",
          "check the client in System OAuth > Application Registry against "
              + target.option("oauth-client-id")
              + ", oauth-client-secret and oauth-grant");
    }
    return kind == TableProblem.Kind.UNAUTHORIZED
        ? about.fail(
            "a fresh token is refused",
            "the user of the token is locked out or lacks REST access",
            "check the user behind the OAuth client")
        : about.ok("/oauth_token.do gives a token and it is accepted");
  }

  /** Whether nothing else can be read either. */
  static boolean endsHere(Rows first) {
    return first.problem() != null && !isAnswer(first.problem().kind());
  }

  private static boolean isAnswer(TableProblem.Kind kind) {
    return kind == TableProblem.Kind.FORBIDDEN
        || kind == TableProblem.Kind.NO_TABLE
        || kind == TableProblem.Kind.NO_COLUMN;
  }
}
