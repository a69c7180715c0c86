package dev.baton.simulator.copilot;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.impl.ConnectionBase;

/**
 * Breaks a connection as a failing network does: a TCP reset, neither an HTTP answer nor a closing
 * frame. Vert.x itself only closes politely, so that this reaches through to Netty.
 */
public final class BrokenConnection {
  private BrokenConnection() {}

  /** Sends a reset. */
  public static void make(HttpConnection connection) {
    if (connection instanceof ConnectionBase base) {
      Channel channel = base.channel();
      if (!channel.isOpen()) {
        return; // broken already: an option can no longer be set
      }
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
      base.channelHandlerContext().close();
    } else {
      connection.close();
    }
  }
}
