/*
 * Scripted REST API "Baton Custom Chat", resource "availability": GET, relative path /availability.
 * Optional: without it Baton takes availability for unknown and simply asks for an agent.
 *
 * Out: 200 {"state":"AVAILABLE"|"UNAVAILABLE"|"UNKNOWN","reason"?}
 *      An empty view means UNKNOWN: more often the role to read it is missing than every agent.
 * The view has one row per agent and channel. System properties, both optional: baton.chat.service_channel,
 * the sys_id of the service channel (without it every channel counts), and baton.chat.queue, the sys_id of the
 * queue whose schedule counts.
 */
(function process(/*RESTAPIRequest*/ request, /*RESTAPIResponse*/ response) {
  var baton = new BatonChat();
  var inboundId = request.queryParams && request.queryParams.appInboundId ? String(request.queryParams.appInboundId) : '';
  if (baton.refused(request, response, baton.providerApplication(inboundId), '')) {
    return;
  }
  var channel = baton.property('service_channel', '');
  var rows = new GlideRecord('awa_agent_presence_capacity');
  var state = { state: 'UNKNOWN' };
  if (rows.isValid()) {
    if (channel) {
      rows.addQuery('ac_channel', channel);
    }
    rows.query();
    while (rows.next() && state.state !== 'AVAILABLE') {
      var there = String(rows.getValue('aca_available')) === 'true' || String(rows.getValue('aca_available')) === '1';
      var most = parseInt(rows.getValue('ac_applied_max_capacity'), 10);
      var load = parseInt(rows.getValue('ac_workload'), 10) || 0;
      if (there && (isNaN(most) || load < most)) {
        state = { state: 'AVAILABLE' };
      } else {
        state = { state: 'UNAVAILABLE', reason: 'NO_AGENT' };
      }
    }
  }
  var queue = new GlideRecord('awa_queue');
  if (baton.property('queue', '') && queue.isValid() && queue.get(baton.property('queue', '')) && queue.getValue('schedule')) {
    if (!new GlideSchedule(String(queue.getValue('schedule'))).isInSchedule(new GlideDateTime())) {
      state = { state: 'UNAVAILABLE', reason: 'CLOSED' };
    }
  }
  baton.succeed(response, state);
})(request, response);
