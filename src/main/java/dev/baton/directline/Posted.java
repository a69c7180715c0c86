package dev.baton.directline;

/**
 * An activity that the service has.
 *
 * @param id the service's id of it; null when it gave none
 */
record Posted(DirectLineSession session, String id) {}
