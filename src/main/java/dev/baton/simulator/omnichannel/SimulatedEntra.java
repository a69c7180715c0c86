package dev.baton.simulator.omnichannel;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/** The login service: tokens for clients, and the keys of those that it signs itself. */
final class SimulatedEntra {
  private final OmnichannelSimulator omnichannel;

  SimulatedEntra(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
  }

  void mount(Router router) {
    router
        .get("/:tenant/v2.0/.well-known/openid-configuration")
        .handler(
            c ->
                c.json(
                    new JsonObject()
                        .put("issuer", omnichannel.issuer())
                        .put("jwks_uri", omnichannel.url() + "/discovery/keys")));
    router
        .get("/discovery/keys")
        .handler(c -> c.json(new JsonObject(omnichannel.keys().published())));
    router.post("/:tenant/oauth2/v2.0/token").handler(this::token);
  }

  private void token(RoutingContext c) {
    if (MessagingApi.strike(c, omnichannel.faults.take(OmnichannelFaults.At.TOKEN))) {
      return;
    }
    boolean right =
        "client_credentials".equals(c.request().getFormAttribute("grant_type"))
            && OmnichannelSimulator.CLIENT_ID.equals(c.request().getFormAttribute("client_id"))
            && OmnichannelSimulator.CLIENT_SECRET.equals(
                c.request().getFormAttribute("client_secret"));
    String scope = c.request().getFormAttribute("scope");
    if (!right || scope == null || !scope.endsWith("/.default")) {
      c.response().setStatusCode(right ? 400 : 401);
      c.json(new JsonObject().put("error", right ? "invalid_scope" : "invalid_client"));
      return;
    }
    c.json(
        new JsonObject()
            .put("token_type", "Bearer")
            .put("expires_in", 3599)
            .put("access_token", omnichannel.giveToken(scope)));
  }
}
