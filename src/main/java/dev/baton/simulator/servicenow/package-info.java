/**
 * A stand-in for a ServiceNow instance: Virtual Agent API with its asynchronous callbacks, queues
 * and agents, Table API, OAuth, and the callers of Baton's front ends, with faults on demand.
 */
package dev.baton.simulator.servicenow;
