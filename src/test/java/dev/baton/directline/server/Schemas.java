package dev.baton.directline.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;

/** Microsoft's own schemas of Direct Line 3.0. */
final class Schemas {
  private static final ObjectNode SWAGGER = load();

  private Schemas() {}

  /** Fails when the value is not what the description of Direct Line calls by this name. */
  static void assertConforms(String definition, JsonNode value) {
    ObjectNode schema = new ObjectMapper().createObjectNode();
    schema.set("definitions", SWAGGER.get("definitions"));
    schema.put("$ref", "#/definitions/" + definition);
    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                .getSchema(schema)
                .validate(value))
        .as("%s: %s", definition, value)
        .isEmpty();
  }

  /** Fails when the answer's members are not among those that the schema knows. */
  static void assertOnlyKnownMembers(String definition, JsonNode value) {
    JsonNode known = SWAGGER.at("/definitions/" + definition + "/properties");
    value.fieldNames().forEachRemaining(name -> assertThat(known.has(name)).as(name).isTrue());
  }

  private static ObjectNode load() {
    try (InputStream file =
        Schemas.class.getResourceAsStream("/directline/directline-3.0.swagger.json")) {
      return (ObjectNode) new ObjectMapper().readTree(file);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
