package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UnreadableTablesTest {
  private static final String[] TABLES = {
    "sys_store_app",
    "sys_ws_operation",
    "sys_rest_message",
    "sys_rest_message_fn",
    "sys_auth_profile_basic",
    "message_auth",
    "token_verification",
    "hash_message_verification",
    "sys_cs_provider_application",
    "sys_cs_custom_adapter_property",
    "sys_cs_channel",
    "sys_cs_provider",
    "provider_user_map",
    "sys_user",
    "awa_queue",
    "awa_eligibility_pool",
    "awa_assignment_rule",
    "awa_work_item",
    "sys_user_grmember",
    "sys_user_has_role",
    "interaction",
    "sys_cs_ca_message",
    "syslog",
    "sys_rate_limit_rules"
  };

  @ParameterizedTest
  @EnumSource(
      value = TableProblem.Kind.class,
      names = {"FORBIDDEN", "NO_TABLE", "FAILED"})
  void noTableThatCannotBeReadIsTakenForAFault(TableProblem.Kind kind) {
    FakeInstance instance = new FakeInstance();
    for (String table : TABLES) {
      instance.problem(table, kind, "it cannot be read");
    }

    List<Finding> findings = instance.examine();

    assertThat(findings).filteredOn(Finding::failed).isEmpty();
    assertThat(findings)
        .filteredOn(finding -> finding.level() != Level.OK)
        .allSatisfy(finding -> assertThat(finding.remedy()).isNotBlank());
  }

  @Test
  void aForbiddenTableIsNamedWithWhatToLookAtByHand() {
    Finding finding = new FakeInstance().forbidden("sys_cs_ca_message").finding(Symptom.SILENCE);

    assertThat(finding.level()).isEqualTo(Level.WARN);
    assertThat(finding.seen()).contains("may not read sys_cs_ca_message");
  }

  @Test
  void aColumnThatAReleaseDoesNotHaveIsNoFault() {
    FakeInstance instance =
        new FakeInstance()
            .drop("sys_cs_channel", "synchronous")
            .drop("sys_cs_provider", "maintain_message_ordering");

    assertThat(instance.finding(Symptom.SYNCHRONOUS).level()).isEqualTo(Level.PASSIVE);
    assertThat(instance.finding(Symptom.OUT_OF_ORDER).level()).isEqualTo(Level.PASSIVE);
  }

  @Test
  void rowsThatAnIgnoredConditionLetsThroughAreLeftOut() {
    // The instance answers every query with everything.
    FakeInstance instance =
        new FakeInstance()
            .add("sys_store_app", "scope", "other", "name", "Other", "version", "1.0")
            .add("sys_cs_channel", "name", "Web", "synchronous", "true");

    assertThat(instance.finding(Symptom.APPLICATION).level()).isEqualTo(Level.OK);
    assertThat(instance.finding(Symptom.SYNCHRONOUS).level()).isEqualTo(Level.OK);
  }

  @Test
  void aColumnOfAConditionThatIsNotThereMakesTheTableUnreadableRatherThanEmpty() {
    FakeInstance instance = new FakeInstance().drop("awa_queue", "service_channel");

    Finding finding = instance.finding(Symptom.CLOSED_AT_ONCE);

    assertThat(finding.failed()).isFalse();
    assertThat(instance.examine())
        .anySatisfy(f -> assertThat(f.seen()).contains("awa_queue has no column service_channel"));
  }

  @Test
  void valuesInQueriesCannotAddConditions() {
    assertThat(Query.of("sys_user").is("email", "a^ORactive=true").encoded())
        .isEqualTo("email=a^^ORactive=true");
  }
}
