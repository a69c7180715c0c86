package dev.baton.directline;

import java.util.concurrent.ExecutorService;

/**
 * Threads for what may block. They are kept apart because each may wait for the next: a route for a
 * post of its own, the post for the store.
 *
 * @param routes run the routes of received activities
 * @param replies go on with routes whose post was answered
 * @param store write and read sessions
 */
record Workers(ExecutorService routes, ExecutorService replies, ExecutorService store) {}
