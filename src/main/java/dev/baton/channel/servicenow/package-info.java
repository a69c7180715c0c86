/**
 * ServiceNow as a front end: the relay through which Bot Interconnect reads what a secondary bot
 * behind Direct Line says. {@code docs/servicenow-bot-interconnect.md} describes it from outside.
 */
package dev.baton.channel.servicenow;
