package dev.baton.channel.omnichannel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.junit.jupiter.api.Test;

class EscalationContextTest {
  private static ObjectNode variables(String json) throws Exception {
    return (ObjectNode) Trees.JSON.readTree(json.replace('\'', '"'));
  }

  private static EscalationContext plain(String... numbers) {
    return new EscalationContext(List.of(numbers), List.of(), List.of());
  }

  @Test
  void namesKeepTheirCaseAndValuesAreTextsUnlessDeclaredNumbers() throws Exception {
    assertThat(
            plain("IDNumber")
                .of(variables("{'BotHandoffTopic':'Card','IDNumber':'101','Total':12}"))
                .context())
        .hasToString("{\"BotHandoffTopic\":\"Card\",\"IDNumber\":101,\"Total\":\"12\"}");
  }

  @Test
  void listsAreJoinedObjectsWrittenAsJsonAndEmptyOnesLeftOut() throws Exception {
    ObjectNode context =
        plain()
            .of(
                variables(
                    "{'va_Topics':['Greeting','Refund'],'o':{'a':1},'n':null,'e':'','l':[],'x':{}}"))
            .context();
    assertThat(context)
        .isEqualTo(variables("{'va_Topics':'Greeting, Refund'}").put("o", "{\"a\":1}"));
  }

  @Test
  void aTextInANumberVariableIsLeftOutAndTold() throws Exception {
    EscalationContext.Result result = plain("IDNumber").of(variables("{'IDNumber':'A-17'}"));
    assertThat(result.context()).isEmpty();
    assertThat(result.leftOut()).containsExactly("IDNumber");
  }

  @Test
  void onlyWhatIsDisplayableIsShownToTheRepresentative() throws Exception {
    EscalationContext some = new EscalationContext(List.of("n"), List.of("a"), List.of());
    assertThat(some.of(variables("{'a':'1','b':'2','n':3}")).context())
        .hasToString(
            variables(
                    "{'a':{'value':'1','isDisplayable':true},'b':{'value':'2','isDisplayable':false},"
                        + "'n':{'value':3,'isDisplayable':false}}")
                .toString());
    EscalationContext all = new EscalationContext(List.of(), List.of("*"), List.of());
    assertThat(all.of(variables("{'b':'2'}")).context().at("/b/isDisplayable").asBoolean())
        .isTrue();
  }

  @Test
  void aHundredVariablesStayAndTheImportantOnesComeFirst() {
    ObjectNode many = Trees.JSON.createObjectNode();
    for (int i = 0; i < 150; i++) {
      many.put("key" + i, i);
    }
    EscalationContext.Result result =
        new EscalationContext(List.of(), List.of(), List.of("KEY149", "key120")).of(many);
    assertThat(result.context()).hasSize(100);
    assertThat(result.context().fieldNames()).toIterable().startsWith("key149", "key120", "key0");
    assertThat(result.leftOut()).hasSize(50);
  }

  @Test
  void valuesAreCutAtFourThousandCharactersAndNeverInsideOne() {
    ObjectNode variables = Trees.JSON.createObjectNode().put("a", "x".repeat(3_998) + "😀😀");
    assertThat(plain().of(variables).context().path("a").asText()).hasSize(3_999).endsWith("x…");
    variables.put("a", "y".repeat(4_000));
    assertThat(plain().of(variables).context().path("a").asText()).hasSize(4_000);
  }

  @Test
  void aNameOfMoreThanAHundredCharactersIsLeftOut() {
    String name = "n".repeat(101);
    EscalationContext.Result result =
        plain().of(Trees.JSON.createObjectNode().put(name, "v").put("n".repeat(100), "v"));
    assertThat(result.leftOut()).containsExactly(name);
    assertThat(result.context()).hasSize(1);
  }
}
