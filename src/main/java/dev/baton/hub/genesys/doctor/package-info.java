/** What {@code ./baton doctor genesys} looks at. */
package dev.baton.hub.genesys.doctor;
