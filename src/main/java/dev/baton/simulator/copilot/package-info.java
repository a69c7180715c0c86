/**
 * A stand-in for Copilot Studio: a scripted bot behind a real Direct Line service, with faults on
 * demand. {@link dev.baton.simulator.copilot.CopilotSimulator} is the entrance.
 */
package dev.baton.simulator.copilot;
