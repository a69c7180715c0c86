package dev.baton.hub.desk;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Assumptions;

/** Headless Chromium, driven by the W3C WebDriver protocol. */
public final class Browser implements AutoCloseable {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
  private static final List<String> ARGUMENTS =
      List.of(
          "--headless",
          "--no-sandbox",
          "--disable-gpu",
          "--disable-quic",
          "--no-first-run",
          "--disable-background-networking",
          "--disable-component-update",
          "--disable-sync");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process driver;
  private final String root;
  private String session;

  private Browser(Process driver, int port) {
    this.driver = driver;
    this.root = "http://127.0.0.1:" + port + "/session";
  }

  /** Skips the test with a clear message where there is no Chromium. */
  public static Browser start(int width, int height) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "Skipped: needs " + CHROMIUM + " and " + DRIVER + " (Debian: chromium, chromium-driver)");
    Browser browser = driver(3);
    ObjectNode options = JSON.createObjectNode().put("binary", CHROMIUM.toString());
    ArrayNode arguments = options.putArray("args");
    ARGUMENTS.forEach(arguments::add);
    arguments.add("--window-size=" + width + "," + height);
    ObjectNode wanted = JSON.createObjectNode();
    wanted.putObject("capabilities").putObject("alwaysMatch").set("goog:chromeOptions", options);
    ((ObjectNode) wanted.path("capabilities").path("alwaysMatch"))
        .putObject("goog:loggingPrefs")
        .put("browser", "ALL");
    try {
      browser.session = "/" + browser.call("POST", "", wanted).path("sessionId").asText();
    } catch (RuntimeException e) {
      browser.close();
      throw e;
    }
    return browser;
  }

  /** The driver takes one free port for two address families, which one of them may have lost. */
  private static Browser driver(int tries) throws IOException {
    Process driver =
        new ProcessBuilder(DRIVER.toString(), "--port=0").redirectErrorStream(true).start();
    try {
      return new Browser(driver, port(driver));
    } catch (IOException e) {
      driver.destroy();
      if (tries > 1) {
        return driver(tries - 1);
      }
      throw e;
    }
  }

  public void open(URI page) {
    call("POST", session + "/url", JSON.createObjectNode().put("url", page.toString()));
  }

  /** Runs a function body; its return value as JSON. */
  public JsonNode run(String script) {
    ObjectNode body = JSON.createObjectNode().put("script", script);
    body.putArray("args");
    return call("POST", session + "/execute/sync", body);
  }

  /** Waits until the expression is true in the page. */
  public void until(String expression) {
    try {
      await()
          .atMost(Duration.ofSeconds(15))
          .until(() -> run("return Boolean(" + expression + ")").asBoolean());
    } catch (ConditionTimeoutException e) {
      throw new AssertionError(
          "Never true: " + expression + "\n" + run("return document.body.innerText").asText(), e);
    }
  }

  public void click(String selector) {
    call("POST", session + "/element/" + element(selector) + "/click", JSON.createObjectNode());
  }

  /** Types into whatever has the focus. */
  public void press(String keys) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode keyboard = body.putArray("actions").addObject();
    keyboard.put("type", "key").put("id", "keyboard");
    ArrayNode actions = keyboard.putArray("actions");
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              actions.addObject().put("type", "keyDown").put("value", key);
              actions.addObject().put("type", "keyUp").put("value", key);
            });
    call("POST", session + "/actions", body);
  }

  public String text(String selector) {
    return call("GET", session + "/element/" + element(selector) + "/text", null).asText();
  }

  /** Errors and warnings of the console since the last call. */
  public List<String> complaints() {
    JsonNode log =
        call("POST", session + "/se/log", JSON.createObjectNode().put("type", "browser"));
    return log.findValuesAsText("message");
  }

  public void screenshot(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    String image = call("GET", session + "/screenshot", null).asText();
    Files.write(file, Base64.getDecoder().decode(image));
  }

  @Override
  public void close() {
    try {
      if (session != null) {
        call("DELETE", session, null);
      }
    } finally {
      driver.destroy();
    }
  }

  private String element(String selector) {
    ObjectNode query = JSON.createObjectNode().put("using", "css selector").put("value", selector);
    return call("POST", session + "/element", query).elements().next().asText();
  }

  private JsonNode call(String method, String path, ObjectNode body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(root + path))
              .timeout(Duration.ofSeconds(60))
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()))
              .build();
      JsonNode value =
          JSON.readTree(client.send(request, BodyHandlers.ofString()).body()).path("value");
      if (value.hasNonNull("error")) {
        throw new AssertionError(path + ": " + value.path("message").asText());
      }
      return value;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int port(Process driver) throws IOException {
    BufferedReader output = driver.inputReader();
    StringBuilder said = new StringBuilder();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      said.append(line).append('\n');
      Matcher started = STARTED.matcher(line);
      if (started.find()) {
        return Integer.parseInt(started.group(1));
      }
    }
    throw new IOException("chromedriver did not start: " + said);
  }
}
