/** The widget that Genesys agents see beside a conversation: what the bot knew, live. */
package dev.baton.channel.genesys.widget;
