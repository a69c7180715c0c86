package dev.baton.channel.genesys;

import static dev.baton.channel.genesys.ReplyMessagesTest.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.genesys.HandoffSlots.Filter;
import dev.baton.channel.genesys.HandoffSlots.Note;
import dev.baton.channel.genesys.HandoffSlots.Outcome;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variables of a handoff become slots of the declared type, or parameters. */
class HandoffSlotsTest {
  private final HandoffSlots all = new HandoffSlots(Filter.ALL, Map.of(), 20);

  @Test
  void whatIsDeclaredBecomesASlotOfItsTypeAndTheRestParameters() {
    HandoffSlots.Result result =
        all.of(
            intent("va_AgentMessage:String", "Count:Integer", "va_Topics:StringCollection"),
            json(
                "{'va_AgentMessage':'help','Count':'27','va_Topics':['a','b'],'Other':{'n':1},'Yes':true}"));

    assertThat(result.slots().get("va_AgentMessage").value().asText()).isEqualTo("help");
    assertThat(result.slots().get("Count").value().isIntegralNumber()).isTrue();
    assertThat(result.slots().get("va_Topics").value()).hasSize(2);
    assertThat(result.parameters())
        .containsOnly(Map.entry("Other", "{\"n\":1}"), Map.entry("Yes", "true"));
    assertThat(result.notes())
        .containsExactly(
            new Note("Other", Outcome.UNDECLARED), new Note("Yes", Outcome.UNDECLARED));
  }

  @Test
  void whatHasAnotherTypeThanDeclaredIsAParameterAndReported() {
    HandoffSlots.Result result =
        all.of(intent("Count:Integer", "When:Datetime"), json("{'Count':'many','When':'soon'}"));

    assertThat(result.slots()).isEmpty();
    assertThat(result.parameters()).containsEntry("Count", "many").containsEntry("When", "soon");
    assertThat(result.notes()).extracting(Note::outcome).containsOnly(Outcome.MISTYPED);
  }

  @Test
  void longValuesAreShortenedListsFromTheirOldEndAndReported() {
    HandoffSlots.Result result =
        all.of(
            intent("Text:String", "List:StringCollection"),
            json(
                "{'Text':'123456789012345678901234','List':['first"
                    + " one','second','third'],'P':'123456789012345678901234'}"));

    assertThat(result.slots().get("Text").value().asText()).isEqualTo("1234567890123456789…");
    assertThat(result.slots().get("List").value().toString()).isEqualTo("[\"second\",\"third\"]");
    assertThat(result.parameters().get("P")).hasSize(20);
    assertThat(result.notes())
        .contains(
            new Note("Text", Outcome.SHORTENED),
            new Note("List", Outcome.SHORTENED),
            new Note("P", Outcome.SHORTENED));
  }

  @Test
  void emptyVariablesDoNotTravelAndATextAloneIsTheAgentsMessage() {
    Intent intent = intent("va_AgentMessage:String", "X:String");

    assertThat(all.of(intent, json("{'X':null,'va_Topics':[]}")))
        .isEqualTo(all.of(intent, json("{}")));
    assertThat(all.of(intent, json("'please help'")).slots()).containsOnlyKeys("va_AgentMessage");
  }

  @Test
  void onlyAutomaticOrOnlyTheAuthorsVariablesMayBeSlotsAndOthersBeRenamed() {
    Intent intent = intent("va_LastTopic:String", "Order:String", "Topic:String");
    var value = json("{'va_LastTopic':'Refund','Order':'A-1'}");

    assertThat(new HandoffSlots(Filter.VA, Map.of(), 99).of(intent, value).slots())
        .containsOnlyKeys("va_LastTopic");
    assertThat(new HandoffSlots(Filter.USER, Map.of(), 99).of(intent, value).slots())
        .containsOnlyKeys("Order");
    assertThat(
            new HandoffSlots(Filter.ALL, Map.of("va_LastTopic", "Topic"), 99)
                .of(intent, value)
                .slots())
        .containsOnlyKeys("Topic", "Order");
  }

  @Test
  void noMoreSlotsThanAnIntentMayHave() {
    Map<String, SlotType> types = new LinkedHashMap<>();
    StringBuilder value = new StringBuilder("{");
    for (int i = 0; i < 60; i++) {
      types.put("s" + i, SlotType.of("String").orElseThrow());
      value.append(i == 0 ? "" : ",").append("'s").append(i).append("':'v'");
    }
    HandoffSlots.Result result = all.of(new Intent("Escalate", types), json(value + "}"));

    assertThat(result.slots()).hasSize(50);
    assertThat(result.parameters()).hasSize(10);
    assertThat(result.notes()).hasSize(10).extracting(Note::outcome).containsOnly(Outcome.TOO_MANY);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "String             | 27                              | `'27'`                            "
            + " | 27",
        "Integer            | '-3'                            | -3                                "
            + " | -3",
        "Integer            | 3.0                             | 3                                 "
            + " | 3",
        "Decimal            | '3.14'                          | 3.14                              "
            + " | 3.14",
        "Boolean            | 'TRUE'                          | true                              "
            + " | true",
        "Boolean            | 'no'                            | false                             "
            + " | false",
        "Duration           | 'PT1H30M'                       | `'PT1H30M'`                       "
            + " | PT1H30M",
        "Datetime           | '1999-01-31T12:00:00+02:00'     | `'1999-01-31T10:00:00'`           "
            + " | 1999-01-31T10:00:00Z",
        "Datetime           | '1999-01-31'                    | `'1999-01-31T00:00:00'`           "
            + " | 1999-01-31T00:00:00Z",
        "Currency           | '5.00 USD'                      | `{'amount':'5.00','code':'USD'}`  "
            + " | `{'amount':5.00,'code':'USD'}`",
        "Currency           | {'amount':5,'code':'eur'}       | `{'amount':'5','code':'EUR'}`     "
            + " | `{'amount':5,'code':'EUR'}`",
        "integercollection  | ['1',2]                         | [1,2]                             "
            + " | -",
        "StringCollection   | 'one'                           | `['one']`                         "
            + " | -"
      })
  void everyTypeHasItsFormInBothInterfaces(
      String name, String value, String legacy, String entity) {
    SlotType type = SlotType.of(name).orElseThrow();
    var converted = type.convert(json(value)).orElseThrow();

    assertThat(converted.toString()).isEqualTo(legacy.replace('\'', '"'));
    if (!type.collection()) {
      assertThat(type.text(converted)).isEqualTo(entity.replace('\'', '"'));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Integer | 1.5",
        "Integer | '1e99999999'",
        "Integer | 99999999999999999999",
        "Decimal | 'x'",
        "Boolean | 'perhaps'",
        "Duration | 'P'",
        "Duration | 'one hour'",
        "Datetime | 'tomorrow'",
        "Currency | '5'",
        "Currency | {'amount':'five','code':'USD'}",
        "Integer | [1]",
        "IntegerCollection | ['1','x']"
      })
  void whatIsNotOfTheTypeIsNotConverted(String name, String value) {
    assertThat(SlotType.of(name).orElseThrow().convert(json(value))).isEmpty();
  }

  static Intent intent(String... slots) {
    Map<String, SlotType> types = new LinkedHashMap<>();
    for (String slot : slots) {
      String[] parts = slot.split(":");
      types.put(parts[0], SlotType.of(parts[1]).orElseThrow());
    }
    return new Intent("Escalate", types);
  }
}
