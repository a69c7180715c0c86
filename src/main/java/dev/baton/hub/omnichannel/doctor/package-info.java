/** What {@code ./baton doctor} looks at in hubs of type {@code omnichannel}. */
package dev.baton.hub.omnichannel.doctor;
