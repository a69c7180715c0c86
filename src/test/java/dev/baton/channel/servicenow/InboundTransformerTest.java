package dev.baton.channel.servicenow;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.channel.turn.TurnRules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.ForInLoop;
import org.mozilla.javascript.ast.FunctionNode;
import org.mozilla.javascript.ast.LetNode;
import org.mozilla.javascript.ast.TemplateLiteral;
import org.mozilla.javascript.ast.VariableDeclaration;

/** The Script Include that ServiceNow runs, in Rhino, which is ServiceNow's engine. */
class InboundTransformerTest {
  private static final Path SCRIPT =
      Path.of("servicenow", "bot-interconnect", "BatonInboundTransformer.js");
  private static final String HANDOFF =
      """
      {"activities":[
        {"type":"message","text":"I will get someone.","from":{"role":"bot"}},
        {"type":"event","id":"c|0000005","name":"handoff.initiate","from":{"role":"bot"},
         "value":{"va_LastTopic":"Escalate","va_Phrases":["a","b"],"order":17,"empty":null}}],
       "watermark":"6"}
      """;

  @Test
  void theBotsRequestForAHumanConnectsToAnAgent() throws IOException {
    assertThat(run(HANDOFF, "t.shouldConnectToAgent()")).isEqualTo("true");
    assertThat(run(HANDOFF, "t.shouldConnectToAgent(); logged[0]"))
        .contains("c|0000005")
        .doesNotContain("Escalate");
  }

  @Test
  void theVendorsTransformerGoesOnWorking() throws IOException {
    assertThat(run(HANDOFF, "t.texts()[0] + ' ' + t.type"))
        .isEqualTo("I will get someone. BatonInboundTransformer");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "null",
        "undefined",
        "'no json'",
        "{activities: null}",
        "{activities: []}",
        "{activities: [null, {}, {type: 'event'}, {type: 'event', name: 'pvaSetContext'}]}",
        "{activities: [{type: 'message', text: 'handoff.initiate'}]}",
        "{activities: [{type: 'event', name: 'handoff.initiate', from: {role: 'user'}}]}",
        "{error: {code: 'BadArgument', message: 'm'}}",
      })
  void nothingElseConnectsToAnAgent(String response) throws IOException {
    assertThat(run(response, "t.shouldConnectToAgent()")).isEqualTo("false");
    assertThat(run(response, "JSON.stringify(t.handoffContext())")).isEqualTo("{}");
  }

  @Test
  void anAnswerThatComesAsTextIsReadToo() throws IOException {
    String text = "JSON.stringify(" + HANDOFF + ")";

    assertThat(run(text, "t.shouldConnectToAgent()")).isEqualTo("true");
    assertThat(run("new String(" + text + ")", "t.shouldConnectToAgent()")).isEqualTo("true");
  }

  @Test
  void otherEventNamesAreAMatterOfConfiguration() throws IOException {
    String response = "{activities: [{type: 'event', name: 'escalate'}]}";

    assertThat(run(response, "t.shouldConnectToAgent()")).isEqualTo("false");
    assertThat(
            run(
                response,
                "BatonInboundTransformer.HANDOFF_EVENTS = ['escalate']; t.shouldConnectToAgent()"))
        .isEqualTo("true");
  }

  @Test
  void theContextOfTheRequestIsOffered() throws IOException {
    assertThat(run(HANDOFF, "JSON.stringify(t.handoffContext())"))
        .isEqualTo(
            "{\"va_LastTopic\":\"Escalate\",\"va_Phrases\":\"[\\\"a\\\",\\\"b\\\"]\",\"order\":\"17\"}");
    assertThat(
            run(
                HANDOFF,
                "BatonInboundTransformer.CONTEXT_VARIABLES = ['order', 'missing'];"
                    + "JSON.stringify(t.handoffContext())"))
        .isEqualTo("{\"order\":\"17\"}");
    assertThat(
            run(
                HANDOFF,
                "BatonInboundTransformer.LONGEST_VALUE = 3; t.handoffContext().va_LastTopic"))
        .isEqualTo("Esc");
    assertThat(
            run(
                "{activities: [{type: 'event', name: 'handoff.initiate', value: 'plain'}]}",
                "JSON.stringify(t.handoffContext())"))
        .isEqualTo("{}");
  }

  @Test
  void aTurnThatTheRelayDeliversConnectsToAnAgent(@TempDir Path folder) throws IOException {
    String script = "topics:\n" + RelayRig.topic("human", "text: One moment.", "handoff: {}");
    try (RelayRig rig = new RelayRig(RelayRig.options(folder, script), 10, TurnRules.defaults())) {
      var turns = rig.caller.start();
      turns.post("human");

      String answer = turns.read().toString();

      assertThat(run(answer, "t.shouldConnectToAgent() + ' ' + t.texts().length"))
          .isEqualTo("true 2");
    }
  }

  @Test
  void theScriptIsEcmaScript5() throws IOException {
    assertThat(newer(Files.readString(SCRIPT))).isEmpty();
    for (String script :
        new String[] {
          "const a = 1;",
          "let a = 1;",
          "var f = (a) => a;",
          "var t = `a`;",
          "for (var a of []) {}",
          "var o = {f() { return 1; }};"
        }) {
      assertThat(newer(script)).as(script).isNotEmpty();
    }
  }

  /** What came into the language after ECMAScript 5. */
  private static List<String> newer(String source) {
    CompilerEnvirons environs = new CompilerEnvirons();
    environs.setLanguageVersion(Context.VERSION_ES6);
    List<String> found = new ArrayList<>();
    new Parser(environs)
        .parse(source, "script", 1)
        .visit(
            node -> {
              if (isNewer(node)) {
                found.add(node.getLineno() + ": " + node.toSource());
              }
              return true;
            });
    return found;
  }

  private static boolean isNewer(AstNode node) {
    return node instanceof TemplateLiteral
        || node instanceof LetNode
        || node instanceof VariableDeclaration variable && !variable.isVar()
        || node instanceof ForInLoop loop && loop.isForOf()
        || node instanceof FunctionNode function
            && (function.getFunctionType() == FunctionNode.ARROW_FUNCTION || function.isMethod());
  }

  /** What an expression gives, where {@code t} is the transformer of this response. */
  private static String run(String response, String expression) throws IOException {
    try (Context context = Context.enter();
        var platform =
            InboundTransformerTest.class.getResourceAsStream(
                "/servicenow-bot-interconnect-platform.js")) {
      context.setLanguageVersion(Context.VERSION_1_8);
      context.setInterpretedMode(true);
      Scriptable scope = context.initStandardObjects();
      String stand = new String(platform.readAllBytes(), StandardCharsets.UTF_8);
      context.evaluateString(scope, stand, "platform", 1, null);
      context.evaluateString(scope, Files.readString(SCRIPT), "script", 1, null);
      String make = "var t = new BatonInboundTransformer((" + response.strip() + "));";
      context.evaluateString(scope, make, "make", 1, null);
      return Context.toString(context.evaluateString(scope, expression, "test", 1, null));
    }
  }
}
