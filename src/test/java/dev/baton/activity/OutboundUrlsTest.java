package dev.baton.activity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.activity.OutboundUrls.Result;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutboundUrlsTest {
  private final OutboundUrls urls =
      new OutboundUrls(
          List.of("127.0.0.1:9099", "files.lan"),
          host ->
              switch (host) {
                case "public.example" -> addresses("93.184.216.34");
                case "rebound.example" -> addresses("93.184.216.34", "10.1.2.3");
                case "six.example" -> addresses("2606:2800:220:1::1");
                default -> throw new UnknownHostException(host);
              });

  private static InetAddress[] addresses(String... literals) throws UnknownHostException {
    InetAddress[] result = new InetAddress[literals.length];
    for (int i = 0; i < literals.length; i++) {
      result[i] = InetAddress.getByName(literals[i]);
    }
    return result;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1",
        "http://127.1/",
        "http://2130706433",
        "http://0x7f000001",
        "http://0177.0.0.1",
        "http://0x7f.0.0.0x1",
        "http://127.0.0.1./",
        "http://0.0.0.0",
        "http://0/",
        "http://10.0.0.1",
        "http://172.16.0.1",
        "http://172.31.255.255",
        "http://192.168.1.1",
        "http://169.254.169.254",
        "http://100.64.0.1",
        "http://198.18.0.1",
        "http://224.0.0.1",
        "http://255.255.255.255",
        "http://[::1]",
        "http://[::]",
        "http://[0:0:0:0:0:0:0:1]:8080",
        "http://[::ffff:127.0.0.1]",
        "http://[::ffff:7f00:1]",
        "http://[::127.0.0.1]",
        "http://[64:ff9b::10.0.0.1]",
        "http://[2002:7f00:1::]",
        "http://[fe80::1]",
        "http://[fe80::1%25eth0]",
        "http://[fc00::1]",
        "http://[fd12:3456::1]",
        "http://[ff02::1]",
        "http://localhost",
        "http://LOCALHOST.",
        "http://a.localhost",
        "http://printer.local",
        "http://metadata.google.internal",
        "http://rebound.example",
        "http://127.0.0.1:9098/",
        "http://256.1.1.1",
        "http://1.2.3.4.5",
        "http://0xzz.1",
        "http://[::1",
        "http://[zz]",
        "http://user:secret@public.example",
        "http:///path",
        "http:",
        "//public.example",
        "public.example",
        "ftp://public.example",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://\uff11\uff12\uff17.0.0.1",
        "http://127\u30020.0.1",
        "http://127%2e0.0.1",
        "http://public.example\\@127.0.0.1",
        "",
        " "
      })
  void refused(String url) {
    assertThat(urls.check(url).result()).as(url).isEqualTo(Result.REFUSED);
    assertThat(urls.check(url).reason()).isNotBlank();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://public.example/a?b#c",
        "HTTPS://PUBLIC.example:8443",
        "https://six.example",
        "http://93.184.216.34",
        "http://[2606:2800:220:1::1]/",
        "http://172.32.0.1",
        "http://[::ffff:93.184.216.34]",
        "data:image/png;base64,AAAA",
        "DATA:,x",
        "http://127.0.0.1:9099/x",
        "https://files.lan:1234/x"
      })
  void allowed(String url) {
    assertThat(urls.check(url).result()).as(url).isEqualTo(Result.ALLOWED);
  }

  @Test
  void aNameWithoutAddressIsKnownAsSuch() {
    assertThat(urls.check("https://nowhere.example/").result()).isEqualTo(Result.UNRESOLVED);
  }

  @Test
  void nullIsRefused() {
    assertThat(urls.check(null).result()).isEqualTo(Result.REFUSED);
  }
}
