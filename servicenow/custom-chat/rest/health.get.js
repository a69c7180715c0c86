/*
 * Scripted REST API "Baton Custom Chat", resource "health": GET, relative path /health.
 *
 * In:  query appInboundId
 * Out: 200 {"contract","ok","checks":{…}}: what is set up, never a secret.
 *      401 as for messages.
 */
(function process(/*RESTAPIRequest*/ request, /*RESTAPIResponse*/ response) {
  var baton = new BatonChat();
  var inboundId = request.queryParams && request.queryParams.appInboundId ? String(request.queryParams.appInboundId) : '';
  var application = baton.providerApplication(inboundId);

  if (application && baton.refused(request, response, application, '')) {
    return;
  }
  var seen = new GlideRecord(baton.property('seen_table', 'u_baton_seen'));
  var url = baton.callbackUrl(inboundId);
  var checks = {
    channelIdentity: application !== '',
    callbackUrl: /^https:\/\/[^\/]+\/hubs\/[^\/]+\/events$/.test(url) || (url !== '' && baton.property('allow_http', 'false') === 'true'),
    noticesRepeats: seen.isValid() === true,
    signedByBaton: baton.property('inbound_secret', '') !== ''
  };
  baton.succeed(response, { contract: BatonChat.CONTRACT, ok: checks.channelIdentity && checks.callbackUrl, checks: checks });
})(request, response);
