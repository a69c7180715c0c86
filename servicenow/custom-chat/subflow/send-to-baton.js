/*
 * Workflow Studio action "Baton Send", its one script step; the only step of the subflow "Baton Sender",
 * which is the "Sender subflow" of the provider [sys_cs_provider] (version 1.1.0).
 *
 * Inputs:  app_inbound_id (String), channel_user_id (String), messages (String), outbound_token (String):
 *          the subflow's inputs of the same names. outbound_token is the "Outbound service token" of the
 *          message auth record, and the key of the signature.
 * Outputs: status (Integer): Baton's answer; delivered (True/False)
 *
 * A call that failed in passing is made again, at once and at most twice, with the same bytes: Baton
 * drops what it has already. After that the step fails, and sys_cs_ca_message shows "Error".
 */
(function execute(inputs, outputs) {
  var baton = new BatonChat();
  var url = baton.callbackUrl(inputs.app_inbound_id);
  var token = String(inputs.outbound_token || '');

  outputs.status = 0;
  outputs.delivered = false;
  if (!token) {
    throw new Error('BatonChat: no outbound_token; set the provider to version 1.1.0 and an outbound service token');
  }
  var body = baton.batch(inputs.app_inbound_id, inputs.channel_user_id, inputs.messages);
  var answer = null;
  for (var tries = 0; tries < 3 && (answer === null || answer.retry); tries++) {
    answer = baton.post(url, body, token);
    outputs.status = answer.status;
  }
  if (answer.error) {
    throw new Error('BatonChat: ' + answer.error);
  }
  outputs.delivered = true;
})(inputs, outputs);
