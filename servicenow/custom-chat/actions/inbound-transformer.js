/*
 * Workflow Studio action "Baton Inbound Transformer", its one script step.
 * Set it as "Inbound transformer action" of every control mapping [sys_cs_custom_adapter_config] whose
 * control asks something: DefaultText, DefaultPicker, DefaultDate, DefaultOutputTable,
 * DefaultMultiPartOutput, DefaultCustomControl.
 *
 * Inputs:  request_context (JSON), rich_control (JSON): the control that was asked last
 * Outputs: result (JSON) {value, search_text, validation_message?, url?, content_type?, name?, headers?}
 */
(function execute(inputs, outputs) {
  var baton = new BatonChat();
  var control = baton.object(inputs.rich_control) || {};
  var context = baton.object(inputs.request_context) || {};
  outputs.result = new BatonChatReply().to(control, context);
})(inputs, outputs);
