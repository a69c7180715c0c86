package dev.baton.conversation;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * One thing to be delivered, in order, to one destination.
 *
 * <table>
 * <caption>Operations</caption>
 * <tr><td>lane</td><td>operation</td><td>body</td></tr>
 * <tr><td>bot</td><td>{@code start}</td><td>{@code {user:{id,name}, locale, context:{…}|absent}}</td></tr>
 * <tr><td>bot</td><td>{@code post}</td><td>the activity to post; {@code channelData.baton} is added at delivery</td></tr>
 * <tr><td>bot</td><td>{@code status}</td><td>a {@code handoff.status} activity; failing to post it harms nothing</td></tr>
 * <tr><td>bot</td><td>{@code end}</td><td>an {@code endOfConversation} activity</td></tr>
 * <tr><td>hub</td><td>{@code open}</td><td>{@code {handoffId, activity}}: the bot's handoff event</td></tr>
 * <tr><td>hub</td><td>{@code send}</td><td>{@code {handoffId, activity}}: the customer's activity</td></tr>
 * <tr><td>hub</td><td>{@code end}</td><td>{@code {handoffId, hub, hubConversationId, reason}}: CUSTOMER, TIMEOUT, BOT or ADMIN</td></tr>
 * <tr><td>customer</td><td>{@code activity}</td><td>the activity as the customer's client gets it, with its final id</td></tr>
 * </table>
 */
public record Entry(Lane lane, String operation, ObjectNode body) {}
