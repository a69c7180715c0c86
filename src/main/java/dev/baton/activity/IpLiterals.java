package dev.baton.activity;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;

/** Addresses written into a URL, in every spelling that HTTP clients understand. */
final class IpLiterals {
  private static final class Block {
    private final byte[] network;
    private final int bits;

    Block(byte[] network, int bits) {
      this.network = network;
      this.bits = bits;
    }

    boolean contains(byte[] address) {
      if (address.length != network.length) {
        return false;
      }
      for (int bit = 0; bit < bits; bit++) {
        int mask = 0x80 >> (bit % 8);
        if ((address[bit / 8] & mask) != (network[bit / 8] & mask)) {
          return false;
        }
      }
      return true;
    }
  }

  /** Not reachable on the public Internet, after the IANA registries of special addresses. */
  private static final List<Block> INNER =
      List.of(
          block(8, 0), // this network
          block(8, 10),
          block(10, 100, 64), // carrier-grade NAT
          block(8, 127),
          block(16, 169, 254), // link-local, cloud metadata
          block(12, 172, 16),
          block(24, 192, 0, 0),
          block(16, 192, 168),
          block(15, 198, 18), // benchmarking
          block(3, 224), // multicast and reserved, up to 255.255.255.255
          block6(127), // :: ; ::1 differs in the last bit only
          block6(7, 0xfc), // unique local
          block6(10, 0xfe, 0x80),
          block6(10, 0xfe, 0xc0), // site-local
          block6(8, 0xff)); // multicast

  private IpLiterals() {}

  /**
   * The address that a host stands for when it is one, else null (then it is a name).
   *
   * @throws IllegalArgumentException when it looks like an address and is none
   */
  static InetAddress parse(String host) throws UnknownHostException {
    if (host.startsWith("[")) {
      return parseV6(host.substring(1, host.length() - 1));
    }
    String[] parts = host.split("\\.", -1);
    // The URL standard: a host whose last part is a number is an IPv4 address, or invalid.
    if (!parts[parts.length - 1].matches("[0-9]+|0[xX][0-9a-fA-F]*")) {
      return null;
    }
    if (parts.length > 4) {
      throw new IllegalArgumentException(host);
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      long part = number(parts[i]);
      boolean last = i == parts.length - 1;
      // The last part fills all bytes that are left: 127.1 is 127.0.0.1, 2130706433 too.
      long limit = last ? 1L << (8 * (5 - parts.length)) : 256;
      if (part >= limit) {
        throw new IllegalArgumentException(host);
      }
      address += last ? part : part << (8 * (3 - i));
    }
    return InetAddress.getByAddress(
        new byte[] {
          (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
        });
  }

  private static InetAddress parseV6(String text) throws UnknownHostException {
    int zone = text.indexOf('%');
    String address = zone < 0 ? text : text.substring(0, zone);
    if (address.isEmpty() || !address.matches("[0-9a-fA-F:.]+") || address.indexOf(':') < 0) {
      throw new IllegalArgumentException(text);
    }
    try {
      return InetAddress.getByName(address);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(text, e);
    }
  }

  private static long number(String part) {
    if (part.length() > 16) {
      throw new IllegalArgumentException(part);
    }
    if (part.regionMatches(true, 0, "0x", 0, 2)) {
      return part.length() == 2 ? 0 : Long.parseLong(part.substring(2), 16);
    }
    return Long.parseLong(part, part.length() > 1 && part.startsWith("0") ? 8 : 10);
  }

  static boolean isInner(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (address instanceof Inet6Address) {
      byte[] v4 = embeddedV4(bytes);
      if (v4 != null && INNER.stream().anyMatch(block -> block.contains(v4))) {
        return true;
      }
    }
    return INNER.stream().anyMatch(block -> block.contains(bytes));
  }

  /** The IPv4 address inside a mapped, compatible, NAT64 or 6to4 address, or null. */
  private static byte[] embeddedV4(byte[] v6) {
    boolean zeros = true;
    for (int i = 0; i < 10; i++) {
      zeros &= v6[i] == 0;
    }
    boolean mapped = zeros && v6[10] == (byte) 0xff && v6[11] == (byte) 0xff;
    boolean compatible = zeros && v6[10] == 0 && v6[11] == 0;
    boolean nat64 = v6[0] == 0 && v6[1] == 0x64 && v6[2] == (byte) 0xff && v6[3] == (byte) 0x9b;
    if (mapped || compatible || nat64) {
      return Arrays.copyOfRange(v6, 12, 16);
    }
    boolean sixToFour = v6[0] == 0x20 && v6[1] == 0x02;
    return sixToFour ? Arrays.copyOfRange(v6, 2, 6) : null;
  }

  private static Block block(int bits, int... first) {
    return new Block(bytes(4, first), bits);
  }

  private static Block block6(int bits, int... first) {
    return new Block(bytes(16, first), bits);
  }

  private static byte[] bytes(int length, int... first) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < first.length; i++) {
      bytes[i] = (byte) first[i];
    }
    return bytes;
  }
}
