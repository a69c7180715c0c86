package dev.baton.directline;

import java.util.Map;
import java.util.function.Consumer;

/** Takes activities to the route. Called on a worker thread; may block. */
interface Sink {
  /**
   * Gives one activity to the route.
   *
   * @param watermark what came with the activity's set; null but for its last activity
   * @param attempt from 1
   * @param done called once, on any thread, with null or why the activity was not processed
   */
  void deliver(
      DirectLineSession session,
      Map<String, Object> activity,
      String watermark,
      int attempt,
      Consumer<Throwable> done);
}
