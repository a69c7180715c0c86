/**
 * When is the bot's turn over? Shared by all front ends that answer turn by turn. Everything here
 * is free of I/O and has no clock; {@code docs/turns.md} says the rules in prose.
 */
package dev.baton.channel.turn;
