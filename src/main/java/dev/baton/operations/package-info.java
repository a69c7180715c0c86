/** What operators see and do: health, metrics, JMX, the management API, log context, draining. */
package dev.baton.operations;
