/**
 * {@code ./baton doctor}: asks what Baton depends on whether it is set up so that Baton can work.
 *
 * <p>{@link dev.baton.operations.doctor.HubDoctor} is the place for the checks of a hub type.
 * Checks only read, unless {@link dev.baton.operations.doctor.Wishes#endToEnd()} asks for more.
 */
package dev.baton.operations.doctor;
