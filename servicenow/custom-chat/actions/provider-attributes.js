/*
 * Workflow Studio action "Baton Provider Attributes", its one script step.
 * Set it as "Provider attributes action" of the provider [sys_cs_provider].
 *
 * Inputs:  headers (JSON), payload (JSON): as the scripted REST resource put them into the queue
 * Outputs: token (String), provider_user_id (String), request_context (JSON)
 */
(function execute(inputs, outputs) {
  var baton = new BatonChat();
  var headers = baton.object(inputs.headers) || {};
  var message = baton.object(inputs.payload) || {};

  outputs.token = headers['token'] || headers['x-b2b-signature'] || '';
  outputs.provider_user_id = baton.providerUser(message);
  outputs.request_context = baton.requestContext(message);
})(inputs, outputs);
