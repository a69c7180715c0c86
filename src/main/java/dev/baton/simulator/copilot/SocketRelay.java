package dev.baton.simulator.copilot;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketBase;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;

/** The WebSocket half of {@link FaultProxy}: passes frames on, and spoils those of the service. */
final class SocketRelay {
  /** A set that was held back comes anyway when no other follows it. */
  private static final long HELD_MILLIS = 1_000;

  private final Vertx vertx;
  private final int port;
  private final ActivitySetFaults faults;
  private final WebSocketClient client;

  SocketRelay(Vertx vertx, int port, ActivitySetFaults faults) {
    this.vertx = vertx;
    this.port = port;
    this.faults = faults;
    this.client =
        vertx.createWebSocketClient(
            new WebSocketClientOptions()
                .setMaxConnections(100_000)
                .setMaxFrameSize(8 << 20)
                .setMaxMessageSize(8 << 20));
  }

  void relay(HttpServerRequest request, Call call) {
    WebSocketConnectOptions target =
        new WebSocketConnectOptions().setHost("127.0.0.1").setPort(port).setURI(request.uri());
    for (CharSequence name : new CharSequence[] {HttpHeaders.ORIGIN, HttpHeaders.AUTHORIZATION}) {
      String value = request.getHeader(name);
      if (value != null) {
        target.addHeader(name, value);
      }
    }
    client
        .connect(target)
        .onSuccess(
            service -> {
              service.pause();
              request
                  .toWebSocket()
                  .onSuccess(socket -> join(socket, request, service, call))
                  .onFailure(failure -> service.close());
            })
        .onFailure(
            failure -> {
              int status =
                  failure instanceof UpgradeRejectedException refused ? refused.getStatus() : 502;
              request.resume();
              request.response().setStatusCode(status).end();
            });
  }

  private void join(
      ServerWebSocket socket, HttpServerRequest request, WebSocket service, Call call) {
    Held held = new Held();
    socket.textMessageHandler(service::writeTextMessage);
    socket.binaryMessageHandler(service::writeBinaryMessage);
    service.textMessageHandler(text -> deliver(text, socket, request, call, held));
    socket.closeHandler(closed -> closeWith(service, socket));
    service.closeHandler(closed -> closeWith(socket, service));
    socket.exceptionHandler(failure -> service.close());
    service.exceptionHandler(failure -> socket.close());
    service.resume();
  }

  private static final class Held {
    String text;
  }

  private void deliver(
      String text, ServerWebSocket socket, HttpServerRequest request, Call call, Held held) {
    if (!ActivitySetFaults.carriesActivities(text)) {
      socket.writeTextMessage(text);
      return;
    }
    if (faults.strikes(FaultKind.SOCKET_DROP, call)) {
      BrokenConnection.make(request.connection());
      return;
    }
    String spoilt = faults.applyTo(text, call);
    if (held.text == null && faults.strikes(FaultKind.OUT_OF_ORDER, call)) {
      held.text = spoilt;
      vertx.setTimer(HELD_MILLIS, timer -> release(socket, held));
      return;
    }
    socket.writeTextMessage(spoilt);
    release(socket, held);
  }

  private static void release(ServerWebSocket socket, Held held) {
    if (held.text != null && !socket.isClosed()) {
      String text = held.text;
      held.text = null;
      socket.writeTextMessage(text);
    }
  }

  private static void closeWith(WebSocketBase other, WebSocketBase closed) {
    if (!other.isClosed()) {
      Short code = closed.closeStatusCode();
      if (code == null || code == 1005 || code == 1006) {
        other.close();
      } else {
        other.close(code, closed.closeReason());
      }
    }
  }

  void close() {
    client.close();
  }
}
