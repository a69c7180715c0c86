package dev.baton.hub.http;

import org.apache.camel.CamelContext;
import org.apache.camel.TypeConverterExists;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.TypeConverterSupport;
import org.apache.camel.util.TimeUtils;
import org.apache.hc.core5.util.Timeout;

/** Lets time-outs of HTTP endpoints be written as durations, {@code 10s}, as everywhere else. */
public final class HttpTimeouts {
  private HttpTimeouts() {}

  /** Teaches a context; without it only milliseconds are understood. */
  public static void register(CamelContext context) {
    TypeConverterRegistry registry = context.getTypeConverterRegistry();
    TypeConverterExists before = registry.getTypeConverterExists();
    registry.setTypeConverterExists(TypeConverterExists.Override);
    try {
      registry.addTypeConverter(Timeout.class, String.class, new Converter());
    } finally {
      registry.setTypeConverterExists(before);
    }
  }

  private static final class Converter extends TypeConverterSupport {
    @Override
    public <T> T convertTo(Class<T> type, org.apache.camel.Exchange exchange, Object value) {
      long millis = TimeUtils.toMilliSeconds(value.toString().trim());
      return type.cast(Timeout.ofMilliseconds(millis));
    }
  }
}
