package dev.baton.hub.servicenow.custom;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Parser;
import org.mozilla.javascript.ast.ArrayComprehension;
import org.mozilla.javascript.ast.AstNode;
import org.mozilla.javascript.ast.ForInLoop;
import org.mozilla.javascript.ast.FunctionNode;
import org.mozilla.javascript.ast.LetNode;
import org.mozilla.javascript.ast.TemplateLiteral;
import org.mozilla.javascript.ast.VariableDeclaration;

/** The scripts use nothing that an older mode of ServiceNow's engine would not take. */
class ScriptLanguageTest {

  static Stream<Path> scripts() throws IOException {
    return Files.walk(Scripts.FOLDER).filter(file -> file.toString().endsWith(".js"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptIsEcmaScript5(Path script) throws IOException {
    assertThat(newer(Files.readString(script))).as(script.toString()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptSaysWhereItGoes(Path script) throws IOException {
    String head = Files.readString(script).split("\\*/", 2)[0];
    assertThat(head)
        .startsWith("/*")
        .containsAnyOf("Script Include", "Scripted REST API", "action \"");
    if (!script.toString().contains("script-includes")) {
      assertThat(head).contains("Out");
    }
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void everyScriptIsInTheReadme(Path script) throws IOException {
    String name = Scripts.FOLDER.relativize(script).toString();
    assertThat(Files.readString(Scripts.FOLDER.resolve("README.md"))).contains(name);
  }

  @Test
  void theCheckFindsWhatIsNewer() {
    assertThat(newer("const a = 1;")).isNotEmpty();
    assertThat(newer("let a = 1;")).isNotEmpty();
    assertThat(newer("var f = (a) => a;")).isNotEmpty();
    assertThat(newer("var f = `a`;")).isNotEmpty();
    assertThat(newer("var o = {f() { return 1; }};")).isNotEmpty();
    assertThat(newer("for (var a of b) {}")).isNotEmpty();
    assertThat(newer("var a = 1; for (var k in b) { a += 1; }")).isEmpty();
  }

  private static List<String> newer(String source) {
    CompilerEnvirons environs = new CompilerEnvirons();
    environs.setLanguageVersion(Context.VERSION_ES6);
    environs.setRecordingComments(false);
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
    if (node instanceof FunctionNode function) {
      return function.getFunctionType() == FunctionNode.ARROW_FUNCTION
          || function.isMethod() && !function.isGetterMethod() && !function.isSetterMethod()
          || function.isGenerator();
    }
    return node instanceof LetNode
        || node instanceof TemplateLiteral
        || node instanceof ArrayComprehension
        || node instanceof VariableDeclaration variable && !variable.isVar()
        || node instanceof ForInLoop loop && loop.isForOf();
  }
}
