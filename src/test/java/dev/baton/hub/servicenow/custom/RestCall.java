package dev.baton.hub.servicenow.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;

/** One call of a scripted REST resource: {@code request} and {@code response} of its script. */
final class RestCall {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Request request;
  private final Response response = new Response();

  RestCall(Map<String, String> headers, Map<String, String> query, String body) {
    request = new Request(headers, query, body);
  }

  RestCall run(Scripts scripts, String file) {
    scripts.rest(file, request, response);
    return this;
  }

  int status() {
    return response.status;
  }

  String text() {
    return response.body.toString();
  }

  JsonNode json() {
    try {
      return JSON.readTree(text());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the script sees as {@code request}: its strings are Java's. */
  public static final class Request {
    public final String body;
    final String query;
    private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    Request(Map<String, String> headers, Map<String, String> query, String body) {
      this.headers.putAll(headers);
      this.body = body;
      try {
        this.query = JSON.writeValueAsString(query);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    public String getHeader(String name) {
      return headers.get(name);
    }
  }

  /** What the script sees as {@code response}; its stream writer, too. */
  public static final class Response {
    private int status = 200;
    private final StringBuilder body = new StringBuilder();
    private String contentType;

    public void setStatus(int status) {
      this.status = status;
    }

    public void setContentType(String contentType) {
      this.contentType = contentType;
    }

    public Response getStreamWriter() {
      if (contentType == null) {
        throw new IllegalStateException("ServiceNow wants the content type first");
      }
      return this;
    }

    public void writeString(String text) {
      body.append(text);
    }

    /** The platform's own form of errors. */
    public void setError(Scriptable error) {
      status = ((Number) ScriptableObject.getProperty(error, "status")).intValue();
      Map<String, Object> form =
          Map.of(
              "error",
              Map.of(
                  "message", ScriptableObject.getProperty(error, "message").toString(),
                  "detail", ScriptableObject.getProperty(error, "detail").toString()),
              "status",
              "failure");
      try {
        body.append(JSON.writeValueAsString(form));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
