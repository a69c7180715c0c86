package dev.baton.extension;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells, on a thread of its own, when something may have changed in a folder, also in one that is
 * made later. Looks by itself now and then, because not every file system tells.
 */
final class FolderWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final long LOOK_MILLIS = 2000;
  private static final long QUIET_MILLIS = 150;

  private final Path folder;
  private final Runnable changed;
  private final Thread thread;
  private WatchService service;
  private WatchKey key;
  private Path watched;

  FolderWatch(Path folder, Runnable changed) {
    this.folder = folder;
    this.changed = changed;
    this.thread = new Thread(this::run, "route-folder");
    this.thread.setDaemon(true);
  }

  void start() {
    try {
      service = folder.getFileSystem().newWatchService();
    } catch (IOException e) {
      LOG.warn("BTN-4304 {} cannot be watched, changes need a restart: {}", folder, e.toString());
      return;
    }
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        register();
        WatchKey first = service.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        for (WatchKey next = first; next != null; ) {
          next.pollEvents();
          next.reset();
          next = service.poll(QUIET_MILLIS, TimeUnit.MILLISECONDS);
        }
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ClosedWatchServiceException e) {
      LOG.debug("{} is no longer watched", folder);
    }
  }

  private void look() {
    try {
      changed.run();
    } catch (RuntimeException e) {
      LOG.error("BTN-4304 A change in {} could not be followed", folder, e);
    }
  }

  /** Watches the folder, or as long as there is none its nearest parent. */
  private void register() {
    Path target = folder;
    while (target != null && !Files.isDirectory(target)) {
      target = target.getParent();
    }
    if (target == null || (target.equals(watched) && key.isValid())) {
      return;
    }
    if (key != null) {
      key.cancel();
    }
    try {
      key = target.register(service, ENTRY_CREATE, ENTRY_DELETE, ENTRY_MODIFY);
      watched = target;
    } catch (IOException e) {
      watched = null;
      LOG.debug("{} cannot be watched now: {}", target, e.toString());
    }
  }

  @Override
  public void close() {
    try {
      if (service != null) {
        service.close();
      }
    } catch (IOException e) {
      LOG.debug("Closing the watch of {}: {}", folder, e.toString());
    }
    thread.interrupt();
  }
}
