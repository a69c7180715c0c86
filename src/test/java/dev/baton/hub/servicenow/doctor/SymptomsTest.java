package dev.baton.hub.servicenow.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.baton.operations.doctor.Finding;
import dev.baton.operations.doctor.Level;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each symptom by name: what the doctor says about it. */
class SymptomsTest {
  private final FakeInstance instance = new FakeInstance();

  @Test
  void ofAHealthyInstanceNothingIsWrongAndEverySymptomIsSpokenOf() {
    List<Finding> findings = instance.examine();

    assertThat(findings)
        .filteredOn(f -> f.level() == Level.FAIL || f.level() == Level.WARN)
        .isEmpty();
    assertThat(findings)
        .extracting(Finding::code)
        .contains(Arrays.stream(Symptom.values()).map(Symptom::code).toArray(String[]::new));
    assertThat(Symptom.values()).hasSize(29);
    assertThat(Symptom.LOGS_CUT.code()).isEqualTo("BTN-2329");
  }

  @Test
  void noAgentsAvailableBecauseNobodyIsOnline() {
    instance.set("awa_agent_presence_capacity", "aca_available", "false");
    expect(Symptom.NO_AGENTS, Level.WARN, "nobody is online", "go online");
  }

  @Test
  void noAgentsAvailableBecauseAllAreFull() {
    instance.set("awa_agent_presence_capacity", "ac_workload", "3");
    expect(Symptom.NO_AGENTS, Level.WARN, "2 online, but full", "capacity");
  }

  @Test
  void noAgentsAvailableBecauseTheyAreInAnotherChannel() {
    instance.set("awa_agent_presence_capacity", "aca_service_channel", "cases");
    expect(Symptom.NO_AGENTS, Level.WARN, "in another channel", "baton.hubs.it.channel");
  }

  @Test
  void noAgentsAvailableBecauseTheQueueHasHours() {
    instance
        .set("awa_queue", "schedule", "8-5")
        .set("awa_agent_presence_capacity", "aca_available", "0");
    expect(Symptom.NO_AGENTS, Level.WARN, "the queue has a schedule", "online");
  }

  @Test
  void noAgentsAvailableBecauseThoseOnlineAreInOtherGroups() {
    instance.set("awa_agent_presence_capacity", "ap_agent", "somebody");
    expect(Symptom.NO_AGENTS, Level.WARN, "not in the groups", "group");
  }

  @Test
  void noAgentsAvailableBecauseNobodyEverWentOnline() {
    instance.set("awa_agent_presence", "agent", "somebody");
    expect(Symptom.NO_AGENTS, Level.WARN, "none of the 2 members has ever", "Available");
  }

  @Test
  void theAgentsPresencesAreCounted() {
    assertThat(instance.examine())
        .filteredOn(finding -> finding.check().equals("agents' presence"))
        .singleElement()
        .satisfies(finding -> assertThat(finding.seen()).isEqualTo("Available: 2"));
  }

  @Test
  void noAgentsAvailableBecauseTheGroupIsEmpty() {
    instance.empty("sys_user_grmember");
    expect(Symptom.NO_AGENTS, Level.FAIL, "have no members", "add the agents");
  }

  @Test
  void theInteractionClosesAtOnceForWantOfAQueue() {
    instance.set("awa_queue", "active", "false");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "IT Chat", "activate a queue");
    instance.empty("awa_queue");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "has no queue", "create");
  }

  @Test
  void theInteractionClosesAtOnceBecauseTheConfiguredQueueIsNotThere() {
    instance.onlyQueue("HR Chat");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "HR Chat", "queue");
  }

  @Test
  void theInteractionClosesAtOnceForWantOfAnAssignmentRule() {
    instance.empty("awa_assignment_rule");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "no active one", "assignment rule");
    instance.add("awa_assignment_rule", "sys_id", "r9", "name", "Other", "active", "true");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "none that is active", "assignment rule");
  }

  @Test
  void theInteractionClosesAtOnceForWantOfAGroupInThePool() {
    instance.set("awa_eligibility_pool", "groups", "");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "no group is eligible for: IT Chat", "group");
    instance.empty("awa_eligibility_pool");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "no group is eligible for: IT Chat", "eligibility");
  }

  @Test
  void theInteractionOfTheExaminedCustomerClosedAtOnce() {
    instance
        .customer("pat@example.org")
        .add(
            "interaction",
            "opened_for",
            "c1",
            "type",
            "chat",
            "active",
            "false",
            "queue",
            "",
            "assigned_to",
            "");
    expect(Symptom.CLOSED_AT_ONCE, Level.FAIL, "1 of 1 ended without a queue", "conditions");
  }

  @Test
  void theHandoffIsNotOfferedBecauseNoBotNamesTheHub() {
    instance.noBotHandsOff();
    expect(Symptom.NO_HANDOFF_OFFERED, Level.FAIL, "none", "add it to baton.bots.<bot>.hubs");
  }

  @Test
  void authenticationErrorsNameTheTransportLayerAndEndTheExamination() {
    instance.problem("sys_properties", TableProblem.Kind.UNAUTHORIZED, "HTTP 401");
    expect(Symptom.AUTHENTICATION, Level.FAIL, "HTTP 401", "baton.hubs.it.password");
    assertThat(instance.queries).hasSize(1);
  }

  @Test
  void silenceBecauseBatonHasNoToken() {
    instance.batonHas(Target.MessageAuth.NONE);
    expect(Symptom.SILENCE, Level.FAIL, "ServiceNow asks for token", "baton.hubs.it.token");
  }

  @Test
  void silenceBecauseServiceNowAsksForASignature() {
    instance
        .empty("token_verification")
        .add("hash_message_verification", "sys_id", "t1", "name", "signature");
    expect(Symptom.SILENCE, Level.FAIL, "asks for signature-secret, Baton has token", "hash_");
  }

  @Test
  void silenceBecauseTheTokensRecordIsMissing() {
    instance.empty("token_verification");
    expect(Symptom.SILENCE, Level.FAIL, "has no inbound verification", "token_verification");
    instance.empty("message_auth");
    expect(Symptom.SILENCE, Level.FAIL, "message_auth that is not there", "exists");
  }

  @Test
  void silenceBecauseCallbacksGoElsewhere() {
    instance
        .set("sys_rest_message", "rest_endpoint", "https://u:p@other.example/a?secret=abc")
        .set("sys_rest_message_fn", "rest_endpoint", "https://other.example/a?secret=abc");
    Finding finding =
        expect(Symptom.SILENCE, Level.FAIL, "https://other.example/a", FakeInstance.OURS);
    assertThat(finding.toString()).doesNotContain("abc").doesNotContain("u:p");
  }

  @Test
  void silenceBecauseCallbacksGoToAPathThatIsNotSwitchedOn() {
    String alias = "https://baton.example.com" + Target.ALIAS;
    instance
        .set("sys_rest_message", "rest_endpoint", alias)
        .set("sys_rest_message_fn", "rest_endpoint", alias);
    expect(Symptom.SILENCE, Level.FAIL, alias, "set baton.hubs.it.callback-alias=true");
  }

  @Test
  void silenceBecauseTheConnectionOfNewerVersionsGoesElsewhere() {
    instance.connection("https://other.example/a");
    expect(Symptom.SILENCE, Level.FAIL, "https://other.example/a", "Bot Connection");
  }

  @Test
  void silenceBecauseTheConnectionOfNewerVersionsIsInactive() {
    instance.connection(FakeInstance.OURS).set("http_connection", "active", "false");
    expect(Symptom.SILENCE, Level.FAIL, "not active", "activate");
  }

  @Test
  void silenceBecauseCallbacksCarryNoAccountOrAnother() {
    instance.set("sys_rest_message", "basic_auth_profile", "");
    expect(Symptom.SILENCE, Level.FAIL, "carry no account", "baton.hubs.it.callback-password");
    instance.set("sys_rest_message", "basic_auth_profile", "p1").callbackUser("baton");
    expect(Symptom.SILENCE, Level.FAIL, "user servicenow", "baton.hubs.it.callback-user");
  }

  @Test
  void silenceLeavesErrorsInTheInstancesLogs() {
    instance.add(
        "sys_cs_ca_message",
        "status",
        "Error",
        "error_message",
        "Connect timed out",
        "sys_created_on",
        "2026-01-01");
    expect(Symptom.SILENCE, Level.WARN, "Connect timed out", "reach Baton");
    instance
        .empty("sys_cs_ca_message")
        .add(
            "syslog",
            "source",
            "sn_va_as_service",
            "level",
            "2",
            "message",
            "bad token=abc123 of x");
    Finding finding = expect(Symptom.SILENCE, Level.WARN, "bad token=*** of x", "log");
    assertThat(finding.toString()).doesNotContain("abc123");
  }

  @Test
  void onlyTheFirstHalfOfTheEndpointWasChanged() {
    instance.set("sys_rest_message_fn", "rest_endpoint", "https://old.example/b");
    Finding finding =
        expect(Symptom.HALF_CHANGED_ENDPOINT, Level.FAIL, "method https://old.example/b", "both");
    assertThat(finding.cause()).contains("method overrides message");
    assertThat(instance.finding(Symptom.SILENCE).level()).isEqualTo(Level.FAIL);
  }

  @Test
  void onlyTheSecondHalfWasChangedWhichWorksButMisleads() {
    instance.set("sys_rest_message", "rest_endpoint", "https://old.example/b");
    expect(Symptom.HALF_CHANGED_ENDPOINT, Level.WARN, "message https://old.example/b", "both");
    assertThat(instance.finding(Symptom.SILENCE).level()).isEqualTo(Level.OK);
  }

  @Test
  void anEmptyMethodInheritsTheMessage() {
    instance.set("sys_rest_message_fn", "rest_endpoint", "");
    expect(Symptom.HALF_CHANGED_ENDPOINT, Level.OK, "inherits", "");
    assertThat(instance.finding(Symptom.SILENCE).level()).isEqualTo(Level.OK);
  }

  @Test
  void anUnauthorizedOauthClientIsNamed() {
    instance.oauth().problem("sys_properties", TableProblem.Kind.NO_TOKEN, "no OAuth token, 401");
    expect(Symptom.OAUTH, Level.FAIL, "no OAuth token, 401", "baton.hubs.it.oauth-client-id");
  }

  @Test
  void aSecondFactorIsNamed() {
    instance.problem("sys_properties", TableProblem.Kind.SECOND_FACTOR, "HTTP 401");
    expect(Symptom.OAUTH, Level.FAIL, "second factor", "exempt");
  }

  @Test
  void forbiddenAvailabilityNamesTheMissingTable() {
    instance.forbidden("awa_agent_presence_capacity", "awa_agent_capacity");
    Finding finding =
        expect(Symptom.AVAILABILITY_FORBIDDEN, Level.FAIL, "awa_agent_capacity", "=off");
    assertThat(finding.cause()).contains("unknown, not nobody");
  }

  @Test
  void aMissingApplicationIsNamedAndAnOldOneToldWhatItLacks() {
    instance.empty("sys_store_app");
    expect(Symptom.APPLICATION, Level.FAIL, "not installed", "Virtual Agent API");
    instance.application("3.9.0");
    Finding finding = expect(Symptom.APPLICATION, Level.WARN, "3.9.0", "update");
    assertThat(finding.cause()).contains("interaction ids");
  }

  @Test
  void anInactiveRestResourceIsNamed() {
    instance.set("sys_ws_operation", "active", "false");
    expect(Symptom.RESOURCE_INACTIVE, Level.FAIL, "inactive", "VA Bot Integration");
  }

  @Test
  void theCustomerIsAGuestBecauseLinkingIsOff() {
    instance.set("sys_cs_provider", "automatic_link_enabled", "false");
    expect(Symptom.GUEST, Level.WARN, "automatic_link_enabled", "sys_cs_provider");
  }

  @Test
  void theCustomerIsAGuestBecauseOfTheAccount() {
    instance.customer("pat@example.org");
    instance.set("sys_user", "locked_out", "true");
    expect(Symptom.GUEST, Level.FAIL, "locked out", "unlock");
    instance.set("sys_user", "locked_out", "false").set("sys_user", "email", "Pat@Example.org");
    expect(Symptom.GUEST, Level.FAIL, "written otherwise", "exactly");
    instance.set("sys_user", "email", "pat@example.org");
    instance.add("sys_user", "sys_id", "c2", "email", "pat@example.org", "active", "true");
    expect(Symptom.GUEST, Level.FAIL, "2 users", "another e-mail");
    instance.empty("sys_user");
    expect(Symptom.GUEST, Level.FAIL, "no user", "correct");
  }

  @Test
  void theCustomerIsAGuestBecauseOfAnInactiveLink() {
    instance
        .customer("pat@example.org")
        .add("provider_user_map", "user", "c1", "active", "false", "channel_user_id", "u-1");
    expect(Symptom.GUEST, Level.FAIL, "inactive row", "delete that row by hand");
  }

  @Test
  void topicsComeInsteadOfAgentsBecauseTheChannelIsExcluded() {
    instance.set("sys_properties", "value", "Web, bot to bot");
    expect(Symptom.TOPIC_PICKER, Level.FAIL, "Bot to Bot", "take");
    instance
        .set("sys_properties", "value", "")
        .add(
            "sys_cs_custom_adapter_property",
            "provider_application",
            "pa1",
            "name",
            "disable_live_agent",
            "value",
            "true");
    expect(Symptom.TOPIC_PICKER, Level.FAIL, "disable_live_agent", "false");
  }

  @Test
  void theChatEndsEarlyBecauseOfTheIdleCancel() {
    expect(Symptom.IDLE_CANCEL, Level.OK, "ends the chat after 360 s", "");
    instance.property(PropertyChecks.CANCEL, "60");
    expect(Symptom.IDLE_CANCEL, Level.WARN, "after 60 s", PropertyChecks.CANCEL);
  }

  @Test
  void theBotGivesUpAfterTwoMisses() {
    expect(Symptom.TAKE_CONTROL, Level.OK, "after 2 misunderstandings", "");
    instance.property(PropertyChecks.TAKE_CONTROL, "1");
    expect(Symptom.TAKE_CONTROL, Level.WARN, "after 1", PropertyChecks.TAKE_CONTROL);
  }

  @Test
  void allOutputIsNotMissingForLongBecauseBatonEndsAMute() {
    expect(Symptom.SILENCED, Level.OK, "silentMessage=false", "");
  }

  @Test
  void noInteractionIdBecauseThirdPartyChatIsNotSet() {
    instance.set("sys_cs_custom_adapter_property", "value", "false");
    expect(Symptom.NO_IDS, Level.WARN, "third_party_chat is not set", "third_party_chat=true");
    instance.version("3.9");
    expect(Symptom.NO_IDS, Level.WARN, "3.9 has none", "update");
  }

  @Test
  void theHistoryGoesWithTheFirstRequestSoThatItIsNotMissing() {
    expect(Symptom.NO_HISTORY, Level.OK, "first request", "");
  }

  @Test
  void anAttachmentVanishesBecauseItsHostIsNotTrusted() {
    instance.set("sys_cs_provider_application", "trusted_media_domains", "example.org, mple.com");
    expect(Symptom.ATTACHMENT_LOST, Level.WARN, "example.org", "baton.example.com");
  }

  @Test
  void anUploadedAttachmentVanishesBecauseARoleIsNeeded() {
    instance.uploads().set("sys_cs_provider_application", "trusted_media_domains", "");
    expect(Symptom.ATTACHMENT_LOST, Level.OK, "uploaded", "");
    instance.property(ChannelChecks.ATTACHMENT_ROLE, "itil");
    expect(Symptom.ATTACHMENT_LOST, Level.WARN, "roles itil", "service account");
  }

  @Test
  void typingIsNeverShownBecauseTheChannelsFlagIsOff() {
    instance.set("sys_cs_channel", "support_typing_indicator", "false");
    expect(Symptom.NO_TYPING, Level.WARN, "not supported", "tick");
  }

  @Test
  void repliesComeInTheResponseBecauseTheChannelIsSynchronous() {
    instance.set("sys_cs_channel", "synchronous", "true");
    expect(Symptom.SYNCHRONOUS, Level.FAIL, "synchronous", "untick");
  }

  @Test
  void messagesAreOutOfOrderBecauseOrderingIsOff() {
    instance.set("sys_cs_provider", "maintain_message_ordering", "false");
    expect(Symptom.OUT_OF_ORDER, Level.WARN, "off", "tick");
  }

  @Test
  void linesAreDoubledBecauseTwoRestMessagesLeadHere() {
    instance.add("sys_rest_message_fn", "rest_message", "m2", "rest_endpoint", FakeInstance.OURS);
    expect(Symptom.DOUBLED, Level.WARN, "2 REST messages", "keep one");
  }

  @Test
  void linesAreDoubledBecauseTwoProviderApplicationsShareAnInboundId() {
    instance.add("sys_cs_provider_application", "name", "Copy", "inbound_id", "VA_B2B");
    expect(Symptom.DOUBLED, Level.WARN, "VA_B2B", "keep one");
  }

  @Test
  void anAgentCannotAcceptWithoutTheRole() {
    instance.empty("sys_user_has_role");
    expect(Symptom.CANNOT_ACCEPT, Level.FAIL, "2 of 2 members", "awa_agent");
    instance.add("sys_user_has_role", "user", "a1", "role.name", "awa_agent");
    expect(Symptom.CANNOT_ACCEPT, Level.WARN, "1 of 2 members", "awa_agent");
  }

  @Test
  void anAgentCannotAcceptWithoutCapacity() {
    instance.set("awa_agent_capacity", "applied_max_capacity", "0");
    expect(Symptom.CANNOT_ACCEPT, Level.FAIL, "2 of 2 agents have capacity 0", "raise");
  }

  @Test
  void anAgentCannotAcceptHisOwnChat() {
    instance
        .customer("pat@example.org")
        .add("sys_user_has_role", "user", "c1", "role.name", "awa_agent")
        .add("sys_user_grmember", "group", "g1", "user", "c1");
    expect(Symptom.CANNOT_ACCEPT, Level.WARN, "pat@example.org is in", "not an agent");
  }

  @Test
  void aWorkItemIsNeverOfferedBecauseItIsTooOld() {
    instance.add("awa_work_item", "state", "queued", "sys_created_on", "2026-01-01 11:49:00");
    expect(Symptom.NEVER_OFFERED, Level.WARN, "1 wait for longer than 600 s", "close");
    instance.property(WorkItemCheck.LOOK_BACK, "3600");
    expect(Symptom.NEVER_OFFERED, Level.OK, "1 wait", "");
  }

  @Test
  void aRateRuleThatIsTooLowIsNamed() {
    instance.add("sys_rate_limit_rules", "name", "VA", "active", "true", "requests", "50");
    expect(Symptom.RATE_LIMIT, Level.WARN, "VA (50 an hour)", "raise");
    instance.set("sys_rate_limit_rules", "requests", "50000");
    expect(Symptom.RATE_LIMIT, Level.OK, "VA (50000 an hour)", "");
  }

  @Test
  void beingOverTheRateLimitEndsTheExamination() {
    instance.problem("sys_properties", TableProblem.Kind.LIMITED, "HTTP 429, rule r-1, reset at x");
    expect(Symptom.RATE_LIMIT, Level.FAIL, "rule r-1, reset at x", "raise");
  }

  @Test
  void aCallbackThatAProxyRefusesIsSeenAtRunTimeOnly() {
    expect(Symptom.CALLBACK_REFUSED, Level.PASSIVE, "User-Agent", "User-Agent");
  }

  @Test
  void aLateRelayIsSeenAtRunTimeOnly() {
    expect(Symptom.RELAY_LATE, Level.PASSIVE, "says nothing", "waittime");
  }

  @Test
  void aRelayThatNeverEscalatesIsSeenAtRunTimeOnly() {
    expect(Symptom.RELAY_NO_ESCALATION, Level.PASSIVE, "handoff.initiate", "transformer");
  }

  @Test
  void logsAreCut() {
    instance.property(PropertyChecks.LOG_LIMIT, "1");
    expect(Symptom.LOGS_CUT, Level.WARN, "cut after 1 KB", PropertyChecks.LOG_LIMIT);
  }

  private Finding expect(Symptom symptom, Level level, String seen, String remedy) {
    Finding finding = instance.finding(symptom);
    assertThat(finding.level()).as(finding.toString()).isEqualTo(level);
    assertThat(finding.seen()).contains(seen);
    assertThat(finding.remedy()).contains(remedy);
    if (level == Level.FAIL || level == Level.WARN) {
      assertThat(finding.cause()).isNotBlank();
      assertThat(finding.remedy()).isNotBlank();
    }
    return finding;
  }
}
