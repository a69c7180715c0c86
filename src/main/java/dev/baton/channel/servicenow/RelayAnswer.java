package dev.baton.channel.servicenow;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.baton.channel.turn.Verdict.Reason;
import java.time.Duration;

/**
 * What a call is answered with, and what the log says of it.
 *
 * @param messages the bot's messages in it
 * @param handoff whether the bot asked for a human
 */
record RelayAnswer(
    ObjectNode activitySet, int messages, boolean handoff, Reason reason, Duration took) {}
