package dev.baton.extension;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.camel.CamelContext;
import org.apache.camel.component.kamelet.KameletComponent;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.support.service.ServiceSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The user's own routes: every {@code *.camel.yaml} of a folder, put in at start and again whenever
 * it changes, without a restart. A file that cannot be used is refused with file, line and reason,
 * and what ran before it goes on running.
 */
public final class RouteFolder extends ServiceSupport {
  private static final Logger LOG = LoggerFactory.getLogger(RouteFolder.class);

  private final ModelCamelContext context;
  private final Path folder;
  private final RouteSwap swap;
  private final Map<Path, byte[]> seen = new HashMap<>();
  private final Map<Path, Set<String>> routes = new TreeMap<>();
  private final Map<Path, String> problems = new ConcurrentSkipListMap<>();
  private final boolean reload;
  private FolderWatch watch;

  /**
   * @param context the running context, with the built-in routes in it
   * @param folder need not exist
   * @param reload whether changes are followed after the start
   */
  public RouteFolder(CamelContext context, Path folder, boolean reload) {
    this.context = (ModelCamelContext) context;
    this.folder = folder.toAbsolutePath().normalize();
    this.swap = new RouteSwap(this.context);
    this.reload = reload;
  }

  /** Puts in what is there now, then watches. */
  @Override
  protected void doStart() {
    useKamelets();
    scan();
    HealthCheckRegistry health = HealthCheckRegistry.get(context);
    if (health != null) {
      health.register(new RouteFolderHealth(this));
    }
    if (reload) {
      watch = new FolderWatch(folder, this::scan);
      watch.start();
    }
  }

  @Override
  protected void doStop() {
    if (watch != null) {
      watch.close();
    }
  }

  /**
   * Own Kamelets stand beside the routes, in {@code kamelets}, and come before the built-in ones.
   */
  private void useKamelets() {
    Path kamelets = folder.resolveSibling("kamelets");
    if (Files.isDirectory(kamelets)) {
      context
          .getComponent("kamelet", KameletComponent.class)
          .setLocation("file:" + kamelets + ",classpath:kamelets");
    }
  }

  /** Refused files and why, as {@code BTN-nnnn file:line: reason}. */
  public Map<Path, String> problems() {
    return Map.copyOf(problems);
  }

  /** Compares the folder with what is known and acts on every difference. */
  synchronized void scan() {
    Map<Path, byte[]> now = read();
    boolean changed = false;
    for (Path path : List.copyOf(seen.keySet())) {
      if (!now.containsKey(path)) {
        seen.remove(path);
        remove(path);
        changed = true;
      }
    }
    for (Map.Entry<Path, byte[]> file : now.entrySet()) {
      if (!Arrays.equals(file.getValue(), seen.put(file.getKey(), file.getValue()))) {
        apply(file.getKey(), file.getValue());
        changed = true;
      }
    }
    if (changed) {
      retry(now);
    }
  }

  /** What was refused because of another file may be good now that the other one changed. */
  private void retry(Map<Path, byte[]> now) {
    for (Path path : List.copyOf(problems.keySet())) {
      if (problems.get(path).startsWith(RouteFileException.TAKEN) && now.containsKey(path)) {
        apply(path, now.get(path));
      }
    }
  }

  private Map<Path, byte[]> read() {
    Map<Path, byte[]> files = new TreeMap<>();
    try {
      for (Path path : RouteFile.in(folder)) {
        byte[] content = content(path);
        if (content != null) {
          files.put(path, content);
        }
      }
    } catch (IOException e) {
      LOG.error("BTN-4304 The folder {} cannot be read: {}", folder, e.toString());
      return seen;
    }
    return files;
  }

  private byte[] content(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      refuse(path, "BTN-4304", path + ": cannot be read: " + e);
      return seen.get(path);
    }
  }

  private void apply(Path path, byte[] content) {
    if (content.length == 0) {
      LOG.debug("{} is empty: it is probably being written", path);
      return;
    }
    Set<String> before = routes.getOrDefault(path, Set.of());
    try {
      RouteFile file = RouteFile.tried(context, path, content);
      file.refuseIfTaken(owners());
      swap.put(file, before);
      routes.put(path, file.routeIds());
      problems.remove(path);
      LOG.info("{}: routes {} are in use", path, file.routeIds());
    } catch (RouteFileException e) {
      refuse(path, e.code(), e.getMessage());
    } catch (Exception e) {
      refuse(path, "BTN-4302", path + ": " + Reason.of(e));
    }
  }

  private Map<String, Path> owners() {
    Map<String, Path> owners = new HashMap<>();
    routes.forEach((path, ids) -> ids.forEach(id -> owners.put(id, path)));
    return owners;
  }

  private void refuse(Path path, String code, String message) {
    problems.put(path, code + " " + message);
    String kept = routes.containsKey(path) ? "what it held before stays in use" : "it is not used";
    LOG.error("{} {} ({})", code, message, kept);
  }

  private void remove(Path path) {
    problems.remove(path);
    Set<String> ids = routes.remove(path);
    if (ids == null) {
      return;
    }
    try {
      swap.remove(ids);
      LOG.info("{} is gone, and so are its routes {}", path, ids);
    } catch (Exception e) {
      LOG.error("BTN-4305 The routes {} of {} could not be taken out", ids, path, e);
    }
  }
}
