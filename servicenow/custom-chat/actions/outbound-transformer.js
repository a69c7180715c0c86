/*
 * Workflow Studio action "Baton Outbound Transformer", its one script step.
 * Set it as "Outbound transformer action" of EVERY control mapping [sys_cs_custom_adapter_config]; a
 * control that has none is dropped without a word.
 *
 * Inputs:  rich_control (JSON), payload (JSON): the last request of the requester
 * Outputs: result (String): one item of the contract as JSON
 */
(function execute(inputs, outputs) {
  outputs.result = JSON.stringify(new BatonChatControls().item(inputs.rich_control, inputs.payload));
})(inputs, outputs);
