/*
 * Workflow Studio action "Baton Contextual Actions", its one script step.
 * Set it as "Contextual action" of the provider [sys_cs_provider].
 *
 * Inputs:  conversation_id (String), request_context (JSON) of the provider attributes action
 * Outputs: none
 * endConversation closes whichever it is: a Virtual Agent or an Agent Chat conversation.
 */
(function execute(inputs, outputs) {
  var context = new BatonChat().object(inputs.request_context) || {};
  var conversation = String(inputs.conversation_id || '');

  if (context.contextual_action === 'START_CONVERSATION') {
    sn_cs.VASystemObject.startConversation(conversation);
  } else if (context.contextual_action === 'AGENT') {
    sn_cs.VASystemObject.switchToLiveAgent(conversation);
  } else if (context.contextual_action === 'END_CONVERSATION') {
    sn_cs.VASystemObject.endConversation(conversation);
  } else if (context.contextual_action === 'SKIP') {
    sn_cs.VASystemObject.skipOptionalQuestion(conversation);
  } else {
    gs.warn('BatonChat: contextual action "' + context.contextual_action + '" is not known');
  }
})(inputs, outputs);
