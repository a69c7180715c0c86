package dev.baton.channel.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SidesTest {

  private static JsonNode json(String text) {
    return RelayJson.object(text.replace('\'', '"').getBytes(StandardCharsets.UTF_8)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'from':{'role':'user'}} | true",
        "{'from':{'role':'User'},'replyToId':'x'} | true",
        "{'from':{'role':'bot'}} | false",
        "{'from':{'role':'agent'}} | false",
        "{'from':{'id':'u'}} | true",
        "{'from':{'id':'b'},'replyToId':'x'} | false",
        "{'from':{'id':'b'},'inputHint':'acceptingInput'} | false",
      })
  void aRoleSaysItOrWhatTheActivityLacks(String activity, boolean own) {
    // JUnit takes single quotes around a whole column only.
    assertThat(new Sides(null).isOwn(json(activity))).isEqualTo(own);
  }

  @Test
  void withoutAnySignTheFirstSenderIsTheCustomer() {
    Sides sides = new Sides(null);

    assertThat(sides.isOwn(json("{'from':{'id':'u'}}"))).isTrue();
    assertThat(sides.isOwn(json("{'from':{'id':'b'}}"))).isFalse();
    assertThat(sides.isOwn(json("{'from':{'id':'u'}}"))).isTrue();
    assertThat(sides.customer()).isEqualTo("u");
  }

  @Test
  void aCustomerWhoIsKnownStaysTheCustomer() {
    assertThat(new Sides("u").isOwn(json("{'from':{'id':'b'}}"))).isFalse();
  }
}
