package dev.baton.activity;

import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Judges URLs that strangers give us before anything fetches them or shows them to staff: only
 * {@code http}, {@code https} and {@code data}, and never a host inside our own network (private,
 * loopback, link-local, cloud metadata, multicast), however the address is spelt.
 *
 * <p>A name can be pointed elsewhere later: whoever fetches asks again right before, and fetches
 * only what is {@link Result#ALLOWED}.
 */
public final class OutboundUrls {
  private static final List<String> INNER_NAMES =
      List.of("localhost", "local", "internal", "intranet", "lan", "home.arpa");

  private final Set<String> allowedHosts;
  private final Resolver resolver;

  /** Turns a host name into all its addresses. May block. */
  @FunctionalInterface
  public interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
  }

  /** Whether a URL may be used. */
  public enum Result {
    /** It points outside; it may be fetched. */
    ALLOWED,
    /** It points inside, or cannot be read. */
    REFUSED,
    /** The name has no address now. Harmless to keep, not to be fetched. */
    UNRESOLVED
  }

  /**
   * What was found out about a URL.
   *
   * @param reason why it is not allowed, for the sender; null when allowed
   */
  public record Verdict(Result result, String reason) {
    static final Verdict ALLOWED = new Verdict(Result.ALLOWED, null);

    /** Whether the URL may be called. */
    public boolean isAllowed() {
      return result == Result.ALLOWED;
    }

    /** Whether the URL must not even be shown. */
    public boolean isRefused() {
      return result == Result.REFUSED;
    }

    static Verdict refused(String reason) {
      return new Verdict(Result.REFUSED, reason);
    }
  }

  /**
   * Resolves names as the system does.
   *
   * @param allowedHosts hosts that are allowed whatever their address is: {@code host} for every
   *     port or {@code host:port}
   */
  public OutboundUrls(Collection<String> allowedHosts) {
    this(allowedHosts, InetAddress::getAllByName);
  }

  /** As {@link #OutboundUrls(Collection)}, with a resolver of one's own. */
  public OutboundUrls(Collection<String> allowedHosts, Resolver resolver) {
    this.allowedHosts =
        Set.copyOf(allowedHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList());
    this.resolver = resolver;
  }

  /** Whether judging this URL may block for the resolution of a name. */
  public boolean needsResolution(String url) {
    return url == null || !url.regionMatches(true, 0, "data:", 0, 5);
  }

  /** Judges a URL. Blocks while a name is being resolved: not for event loops. */
  public Verdict check(String url) {
    if (!needsResolution(url)) {
      return Verdict.ALLOWED;
    }
    URI uri;
    try {
      uri = new URI(url == null ? "" : url.strip());
    } catch (URISyntaxException e) {
      return Verdict.refused("it is not a valid URL");
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return Verdict.refused("only http, https and data URLs are accepted");
    }
    String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
    if (authority.indexOf('@') >= 0) {
      return Verdict.refused("a URL with user name or password is not accepted");
    }
    String host;
    try {
      host = hostOf(authority);
    } catch (IllegalArgumentException e) {
      return Verdict.refused("its host is not a valid name");
    }
    if (host.isEmpty()) {
      return Verdict.refused("it names no host");
    }
    if (allowedHosts.contains(host) || allowedHosts.contains(authority.toLowerCase(Locale.ROOT))) {
      return Verdict.ALLOWED;
    }
    return checkHost(host);
  }

  private Verdict checkHost(String host) {
    for (String inner : INNER_NAMES) {
      if (host.equals(inner) || host.endsWith("." + inner)) {
        return Verdict.refused("its host is a name of an internal network");
      }
    }
    try {
      InetAddress literal = IpLiterals.parse(host);
      InetAddress[] addresses =
          literal == null ? resolver.resolve(host) : new InetAddress[] {literal};
      for (InetAddress address : addresses) {
        if (IpLiterals.isInner(address)) {
          return Verdict.refused("its host has a private, loopback or link-local address");
        }
      }
      return Verdict.ALLOWED;
    } catch (UnknownHostException e) {
      return new Verdict(Result.UNRESOLVED, "its host has no address");
    } catch (IllegalArgumentException e) {
      return Verdict.refused("its host is not a valid address");
    }
  }

  /**
   * Without port and the dot that may end a full name, in lower case, and with digits and dots of
   * other scripts turned into plain ones, as browsers do.
   */
  private static String hostOf(String authority) {
    String host = authority;
    if (host.startsWith("[")) {
      int end = host.indexOf(']');
      return end < 0 ? "" : host.substring(0, end + 1).toLowerCase(Locale.ROOT);
    }
    int colon = host.lastIndexOf(':');
    if (colon >= 0) {
      host = host.substring(0, colon);
    }
    if (host.indexOf('%') >= 0) {
      throw new IllegalArgumentException(host);
    }
    host = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED);
    while (host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    return host.toLowerCase(Locale.ROOT);
  }
}
