package dev.baton.directline;

import io.vertx.core.Future;

/**
 * An activity that the service has.
 *
 * @param id the service's id of it; null when it gave none
 * @param read completes when the route has processed what had been received before the answer
 */
record Posted(DirectLineSession session, String id, Future<Void> read) {}
