/*
 * Scripted REST API "Baton Custom Chat", resource "messages": POST, relative path /messages.
 *
 * In:  one request of the contract, docs/servicenow-custom-chat.md
 * Out: 200 {"status":"success","requestId"}, with "duplicate":true or "ignored":true when nothing was done;
 *      401, 400 in the platform's error form, whose detail begins with "unauthorized:", "invalid:" or
 *      "not_queued:" (then sending the same again may help)
 * Security: "Requires authentication" as you like (basic or OAuth on top); the message is
 *      authenticated in any case.
 */
(function process(/*RESTAPIRequest*/ request, /*RESTAPIResponse*/ response) {
  var baton = new BatonChat();
  var received = new Date().getTime();
  var raw = String(request.body && request.body.dataString ? request.body.dataString : '');
  var message = baton.object(raw);
  var application = baton.providerApplication(message && message.appInboundId);

  if (!application) {
    baton.fail(response, 400, 'invalid', 'no channel identity has this appInboundId; see baton.chat.provider_application');
    return;
  }
  if (baton.refused(request, response, application, raw)) {
    return;
  }
  var problem = baton.problem(message);
  if (problem) {
    baton.fail(response, 400, 'invalid', problem);
    return;
  }
  if (!baton.concerned(message)) {
    baton.succeed(response, { status: 'success', requestId: message.requestId, ignored: true });
    return;
  }
  if (!baton.remember(message)) {
    baton.succeed(response, { status: 'success', requestId: message.requestId, duplicate: true });
    return;
  }
  var queued = false;
  try {
    queued = sn_cs.VASystemObject.enqueueCustomAdapterMessage(application, raw, JSON.stringify(baton.authHeaders(request)), received);
  } catch (e) {
    gs.error('BatonChat: queue: ' + e);
  }
  if (queued === false) {
    baton.forget(message);
    baton.fail(response, 400, 'not_queued', 'the request could not be put into the queue');
    return;
  }
  baton.succeed(response, { status: 'success', requestId: message.requestId });
})(request, response);
