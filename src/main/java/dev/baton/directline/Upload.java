package dev.baton.directline;

import io.vertx.core.buffer.Buffer;
import java.util.UUID;

/**
 * A file to post.
 *
 * @param boundary separates the parts of the request
 */
record Upload(String name, String type, Buffer content, String boundary) {

  Upload(String name, String type, Buffer content) {
    this(name, type, content, UUID.randomUUID().toString());
  }

  String multipartType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  /** The carrier activity and the file, as the vendor's own client names the parts. */
  Buffer multipart(Buffer activity) {
    return Buffer.buffer()
        .appendString("--" + boundary + "\r\n")
        .appendString("Content-Disposition: form-data; name=\"activity\"; filename=\"blob\"\r\n")
        .appendString("Content-Type: application/vnd.microsoft.activity\r\n\r\n")
        .appendBuffer(activity)
        .appendString("\r\n--" + boundary + "\r\n")
        .appendString(
            "Content-Disposition: form-data; name=\"file\"; filename=\"" + safe(name) + "\"\r\n")
        .appendString("Content-Type: " + safe(type) + "\r\n\r\n")
        .appendBuffer(content)
        .appendString("\r\n--" + boundary + "--\r\n");
  }

  /** A name must not end its header or its quotation. */
  private static String safe(String value) {
    return value.replaceAll("[\\r\\n\"\\\\]", "_");
  }
}
