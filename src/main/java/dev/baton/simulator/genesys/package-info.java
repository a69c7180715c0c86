/** A stand-in for Genesys Cloud: bot connectors, Open Messaging, notifications, agents. */
package dev.baton.simulator.genesys;
