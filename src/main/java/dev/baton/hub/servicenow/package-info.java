/**
 * Hubs of type {@code servicenow}: live agents behind ServiceNow's Virtual Agent Bot Integration
 * API (docs/servicenow-live-agent.md).
 *
 * <p>The routes in {@code routes/hub-servicenow.camel.yaml} call the beans that {@link
 * dev.baton.hub.servicenow.ServiceNowBeans} binds. {@code Opening}, {@code Sending}, {@code Typing}
 * and {@code Ending} make requests, {@code VaCalls} carries them. {@code Callbacks} takes what
 * ServiceNow posts to {@code CallbackRules}, which know no I/O: session and callback go in, changes
 * and hub events come out; {@code Controls} renders. {@code Watch}, {@code FollowUps} and {@code
 * Diagnosis} do what is due by the clock. A {@code Session} is all that is remembered.
 */
package dev.baton.hub.servicenow;
