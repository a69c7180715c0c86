package dev.baton.hub.genesys;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.util.StdDateFormat;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads JSON as the vendor's own SDK would, but refuses what its models do not know. */
final class VendorModels {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultDateFormat(new StdDateFormat())
          .build();

  private VendorModels() {}

  /**
   * The object as the model reads it.
   *
   * @throws AssertionError when the model does not know it, or an enumeration not its value
   */
  static <T> T read(Object body, Class<T> model) {
    try {
      JsonNode tree = JSON.valueToTree(body);
      T read = JSON.treeToValue(tree, model);
      if (read.toString().contains("OUTDATEDSDKVERSION")) {
        throw new AssertionError("a value that the SDK does not know: " + tree);
      }
      return read;
    } catch (IOException e) {
      throw new UncheckedIOException(body + " is no " + model.getSimpleName(), e);
    }
  }
}
