package dev.baton.directline;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.InvalidPayloadException;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultAsyncProducer;

/** Starts conversations and posts into them. No thread waits for the service. */
public class DirectLineProducer extends DefaultAsyncProducer {
  private final DirectLineEndpoint endpoint;
  private DirectLineClient client;

  public DirectLineProducer(DirectLineEndpoint endpoint) {
    super(endpoint);
    this.endpoint = endpoint;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    if (client == null) {
      client = endpoint.acquire();
    }
  }

  @Override
  protected void doStop() throws Exception {
    if (client != null) {
      client = null;
      endpoint.release();
    }
    super.doStop();
  }

  @Override
  public boolean process(Exchange exchange, AsyncCallback callback) {
    ExecutorService replies = client.workers().replies();
    Future<Void> done;
    try {
      done = perform(exchange);
    } catch (Exception e) {
      exchange.setException(e);
      callback.done(true);
      return true;
    }
    done.onComplete(
        result -> {
          if (result.failed()) {
            exchange.setException(result.cause());
          }
          // The route goes on with the callback, and may block: not on an event loop.
          try {
            replies.execute(() -> callback.done(false));
          } catch (RejectedExecutionException stopping) {
            callback.done(false);
          }
        });
    return false;
  }

  private Future<Void> perform(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    DirectLineOperation operation =
        message.getHeader(
            DirectLineConstants.OPERATION, endpoint.getOperation(), DirectLineOperation.class);
    return switch (operation) {
      case START -> start(message);
      case POST -> post(exchange);
      case UPLOAD -> upload(exchange);
      case END -> end(message);
    };
  }

  private Future<Void> start(Message message) throws InvalidPayloadException {
    Map<String, Object> body = message.getBody() == null ? Map.of() : object(message);
    String given = message.getHeader(DirectLineConstants.KEY, String.class);
    String key = given == null || given.isBlank() ? UUID.randomUUID().toString() : given;
    return client
        .open(key, Person.ofStart(body), Json.child(body, "context"))
        .map(
            session -> {
              message.setHeader(DirectLineConstants.KEY, key);
              message.setHeader(DirectLineConstants.CONVERSATION_ID, session.conversationId());
              message.setBody(single("conversationId", session.conversationId()));
              return null;
            });
  }

  private Future<Void> post(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    return client
        .post(key(message), object(message), mark(message), redelivered(message))
        .map(posted -> answer(exchange, posted));
  }

  private Future<Void> upload(Exchange exchange) throws InvalidPayloadException {
    Message message = exchange.getMessage();
    byte[] content = message.getMandatoryBody(byte[].class);
    int limit = endpoint.getConfiguration().getMaxUploadSize();
    if (content.length > limit) {
      throw new DirectLineException(
          "The file has " + content.length + " bytes; Direct Line takes " + limit, null);
    }
    Upload file =
        new Upload(
            message.getHeader(DirectLineConstants.FILE_NAME, "file", String.class),
            message.getHeader(
                DirectLineConstants.FILE_TYPE, "application/octet-stream", String.class),
            Buffer.buffer(content));
    @SuppressWarnings("unchecked")
    Map<String, Object> carrier =
        message.getHeader(DirectLineConstants.ACTIVITY, Map.of(), Map.class);
    return client
        .upload(key(message), carrier, file, mark(message), redelivered(message))
        .map(posted -> answer(exchange, posted));
  }

  private Future<Void> end(Message message) throws InvalidPayloadException {
    Map<String, Object> activity =
        new LinkedHashMap<>(message.getBody() instanceof Map ? object(message) : Map.of());
    activity.put("type", "endOfConversation");
    return client.end(key(message), activity, mark(message), redelivered(message));
  }

  private static Void answer(Exchange exchange, Posted posted) {
    Message message = exchange.getMessage();
    exchange.setProperty(DirectLineConstants.READ, posted.read());
    message.setHeader(DirectLineConstants.CONVERSATION_ID, posted.session().conversationId());
    if (posted.id() == null) {
      message.removeHeader(DirectLineConstants.ACTIVITY_ID);
    } else {
      message.setHeader(DirectLineConstants.ACTIVITY_ID, posted.id());
    }
    message.setBody(single("id", posted.id()));
    return null;
  }

  private static Map<String, Object> single(String name, Object value) {
    Map<String, Object> body = new LinkedHashMap<>();
    if (value != null) {
      body.put(name, value);
    }
    return body;
  }

  private static String key(Message message) {
    String key = message.getHeader(DirectLineConstants.KEY, String.class);
    if (key == null || key.isBlank()) {
      throw new IllegalArgumentException(
          "The header " + DirectLineConstants.KEY + " must name the conversation");
    }
    return key;
  }

  private static String mark(Message message) {
    String mark = message.getHeader(DirectLineConstants.MARK, String.class);
    return mark == null || mark.isBlank() ? UUID.randomUUID().toString() : mark;
  }

  private static boolean redelivered(Message message) {
    Object given = message.getHeader(DirectLineConstants.REDELIVERED);
    Boolean redelivered =
        given == null
            ? Boolean.FALSE
            : message.getHeader(DirectLineConstants.REDELIVERED, Boolean.class);
    if (redelivered == null) {
      // Taking it for false might post something twice.
      throw new IllegalArgumentException(
          "The header "
              + DirectLineConstants.REDELIVERED
              + " must be true or false, not "
              + given
              + "; a simple expression needs resultType: java.lang.Boolean");
    }
    return redelivered;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> object(Message message) throws InvalidPayloadException {
    if (message.getBody() instanceof String text) {
      Map<String, Object> parsed = Json.object(text);
      if (!parsed.isEmpty()) {
        return parsed;
      }
    }
    return message.getMandatoryBody(Map.class);
  }
}
