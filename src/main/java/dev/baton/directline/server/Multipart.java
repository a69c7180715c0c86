package dev.baton.directline.server;

import io.vertx.core.buffer.Buffer;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads {@code multipart/form-data} that is in memory already. Netty's decoder is not used: it
 * refuses parts without {@code Content-Disposition}, and Direct Line's documents send the activity
 * in such a part.
 */
final class Multipart {
  private static final int MAX_PARTS = 40;
  private static final int MAX_HEADERS = 8 * 1024;
  private static final Pattern BOUNDARY =
      Pattern.compile(
          "boundary=(?:\"([^\"]{1,200})\"|([^;,\\s]{1,200}))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME =
      Pattern.compile(
          ";\\s*filename=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILE_NAME_UTF8 =
      Pattern.compile(";\\s*filename\\*=UTF-8''([^;\\s]+)", Pattern.CASE_INSENSITIVE);

  /**
   * @param mediaType without parameters, in lower case; empty when not given
   * @param fileName null when not given
   */
  record Part(String mediaType, String fileName, Buffer content) {}

  private Multipart() {}

  /**
   * @throws DirectLineException 400 when the body is not what the content type says
   */
  static List<Part> parse(String contentType, Buffer body) {
    Matcher boundary = BOUNDARY.matcher(contentType);
    if (!boundary.find()) {
      throw Problem.BAD_UPLOAD.with("The content type multipart/form-data has no boundary.");
    }
    String name = boundary.group(1) == null ? boundary.group(2) : boundary.group(1);
    // One byte is one character, so that positions in the text are positions in the body.
    String text = body.toString(StandardCharsets.ISO_8859_1);
    String delimiter = "--" + name;
    List<Part> parts = new ArrayList<>();
    int position = text.startsWith(delimiter) ? 0 : text.indexOf("\r\n" + delimiter) + 2;
    while (position >= 0 && text.startsWith(delimiter, position)) {
      int start = position + delimiter.length();
      if (text.startsWith("--", start)) {
        return parts;
      }
      int lineEnd = text.indexOf("\r\n", start);
      int end = lineEnd < 0 ? -1 : text.indexOf("\r\n" + delimiter, lineEnd);
      if (end < 0 || parts.size() == MAX_PARTS) {
        break;
      }
      parts.add(part(text, lineEnd, end, body));
      position = end + 2;
    }
    throw Problem.BAD_UPLOAD.with("The multipart body is cut off or has too many parts.");
  }

  /** The part between the line end after its delimiter and the line end before the next one. */
  private static Part part(String text, int lineEnd, int end, Buffer body) {
    int blank = text.indexOf("\r\n\r\n", lineEnd);
    if (blank < 0 || blank > end || blank - lineEnd > MAX_HEADERS) {
      throw Problem.BAD_UPLOAD.with("A part of the multipart body has no end of its headers.");
    }
    // Browsers write file names in UTF-8.
    String head = body.getString(lineEnd, blank, "UTF-8");
    Map<String, String> headers = new HashMap<>();
    for (String line : head.split("\r\n", -1)) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).strip().toLowerCase(Locale.ROOT),
            line.substring(colon + 1).strip());
      }
    }
    int contentStart = Math.min(blank + 4, end);
    return new Part(
        Request.mediaType(headers.get("content-type")),
        fileName(headers.get("content-disposition")),
        body.slice(contentStart, end));
  }

  /** The file name in a {@code Content-Disposition}, without any folder; null when none. */
  static String fileName(String disposition) {
    if (disposition == null) {
      return null;
    }
    String header = ";" + disposition;
    Matcher utf8 = FILE_NAME_UTF8.matcher(header);
    Matcher plain = FILE_NAME.matcher(header);
    String name = null;
    if (utf8.find()) {
      name = decode(utf8.group(1));
    } else if (plain.find()) {
      name = plain.group(1) == null ? plain.group(2) : plain.group(1).replaceAll("\\\\(.)", "$1");
    }
    if (name == null) {
      return null;
    }
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isBlank() ? null : last;
  }

  private static String decode(String percentEncoded) {
    try {
      return URLDecoder.decode(percentEncoded.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
