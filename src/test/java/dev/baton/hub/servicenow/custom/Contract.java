package dev.baton.hub.servicenow.custom;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.Set;

/** The shipped schemas of both directions. */
final class Contract {
  static final Contract REQUEST = new Contract("request");
  static final Contract CALLBACK = new Contract("callback");

  private final JsonSchema schema;

  private Contract(String name) {
    schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                Contract.class.getResourceAsStream(
                    "/schema/servicenow-custom/" + name + ".schema.json"));
  }

  /** What is wrong with it; empty when nothing is. */
  Set<ValidationMessage> problems(JsonNode json) {
    return schema.validate(json);
  }
}
