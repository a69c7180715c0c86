package dev.baton.hub.servicenow.doctor;

import dev.baton.configuration.Settings;
import dev.baton.operations.doctor.Finding;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Reads the tables and looks at them in the order in which things depend on each other, so that the
 * first failure is the one to remedy first.
 */
final class Examination {
  private static final String APPLICATION = "VA Bot to Bot Provider Application";
  private static final String PROVIDER = "VA Bot to Bot Provider";
  private static final int WAITING = 10_000;

  private final Target target;
  private final Tables tables;
  private final Settings settings;
  private final String callbackUser;
  private final Instant now;
  private final List<Finding> findings = new ArrayList<>();

  /**
   * @param callbackUser that callbacks must present, or null
   * @param now for the age of what waits
   */
  Examination(Target target, Tables tables, Settings settings, String callbackUser, Instant now) {
    this.target = target;
    this.tables = tables;
    this.settings = settings;
    this.callbackUser = callbackUser;
    this.now = now;
  }

  List<Finding> run() {
    Rows first = tables.read(Properties.query());
    findings.add(SignInCheck.basic(target, first));
    findings.add(SignInCheck.oauth(target, first));
    if (!SignInCheck.endsHere(first)) {
      instance(new Properties(first));
    }
    findings.add(LocalChecks.handoff(target, settings));
    findings.addAll(LocalChecks.passive(target, settings));
    return findings;
  }

  private void instance(Properties properties) {
    Rows store =
        tables.read(
            Query.of("sys_store_app")
                .is("scope", ApplicationChecks.SCOPE)
                .fields("name", "version", "active"));
    findings.add(ApplicationChecks.version(target, store));
    findings.add(
        ApplicationChecks.resource(
            target,
            tables.read(
                Query.of("sys_ws_operation")
                    .is("name", "BOT Integration")
                    .fields("active", "requires_authentication"))));
    Query named =
        target.inboundId() == null
            ? Query.of("sys_cs_provider_application").is("name", APPLICATION)
            : Query.of("sys_cs_provider_application").is("inbound_id", target.inboundId());
    Rows application =
        tables.read(named.fields("sys_id", "name", "message_auth", "trusted_media_domains"));
    messageAuthentication(application);
    callbacks(application, store);
    channel(application, store, properties);
    routing(properties);
    logs(properties);
  }

  private void messageAuthentication(Rows application) {
    findings.add(
        MessageAuthCheck.look(
            target,
            application,
            tables.read(
                Query.of("message_auth").fields("sys_id", "name", "inbound_message_verification")),
            tables.read(Query.of("token_verification").fields("sys_id", "name")),
            tables.read(Query.of("hash_message_verification").fields("sys_id", "name"))));
  }

  private void callbacks(Rows application, Rows store) {
    String name =
        target.inboundId() == null
            ? EndpointChecks.MESSAGE
            : application.first().map(row -> row.get("name")).orElse(target.inboundId());
    Rows messages =
        tables.read(
            Query.of("sys_rest_message")
                .is("name", name)
                .fields("sys_id", "rest_endpoint", "basic_auth_profile"));
    Rows methods =
        tables.read(
            messages,
            Query.of("sys_rest_message_fn")
                .in("rest_message", messages.values("sys_id"))
                .fields("function_name", "http_method", "rest_endpoint", "basic_auth_profile"));
    Rows outbound =
        tables.read(
            Query.of("sn_va_as_service_outbound_configuration")
                .fields("name", "provider_application", "rest_connection"));
    String version = store.first().map(row -> row.get("version")).orElse("");
    if (EndpointChecks.usesConnections(version, outbound)) {
      Rows connections = connections(application, outbound);
      findings.add(EndpointChecks.connection(target, connections));
      findings.add(account(connections, "credential"));
      findings.add(EndpointChecks.unusedHalves(target, messages, methods));
    } else {
      findings.add(EndpointChecks.delivery(target, messages, methods));
      findings.add(EndpointChecks.halves(target, messages, methods));
      List<Rows.Row> both = new ArrayList<>(methods.all());
      both.addAll(messages.all());
      findings.add(
          account(new Rows(messages.table(), both, messages.problem()), "basic_auth_profile"));
    }
    findings.add(
        EndpointChecks.doubled(
            target,
            tables.read(
                Query.of("sys_rest_message_fn")
                    .in("rest_endpoint", target.endpoints().stream().map(Object::toString).toList())
                    .fields("rest_message")),
            tables.read(
                Query.of("sys_cs_provider_application").fields("sys_id", "name", "inbound_id"))));
  }

  private Finding account(Rows senders, String column) {
    Rows profiles =
        tables.read(
            senders,
            Query.of("sys_auth_profile_basic")
                .in("sys_id", senders.values(column))
                .fields("username"));
    return CallbackAccountCheck.look(target, senders, column, profiles, callbackUser);
  }

  private Rows connections(Rows application, Rows outbound) {
    Rows all =
        tables.read(
            Query.of("http_connection")
                .fields("name", "connection_alias", "connection_url", "credential", "active"));
    Set<String> ids = application.values("sys_id");
    Set<String> aliases =
        outbound
            .where(row -> ids.contains(row.get("provider_application")))
            .values("rest_connection");
    Rows own = all.where(row -> aliases.contains(row.get("connection_alias")));
    return own.isEmpty()
        ? all.where(row -> row.get("name").equals(EndpointChecks.CONNECTION))
        : own;
  }

  private void channel(Rows application, Rows store, Properties properties) {
    Rows channels =
        tables.read(
            Query.of("sys_cs_channel")
                .is("name", ChannelChecks.CHANNEL)
                .fields("synchronous", "support_typing_indicator", "disable_live_agent"));
    Rows attributes =
        tables.read(
            application,
            Query.of("sys_cs_custom_adapter_property")
                .in("provider_application", application.values("sys_id"))
                .fields("name", "value"));
    Rows providers =
        tables.read(
            Query.of("sys_cs_provider")
                .is("name", PROVIDER)
                .fields(
                    "automatic_link_enabled",
                    "link_account_enabled",
                    "automatic_link_action",
                    "maintain_message_ordering"));
    findings.add(ChannelChecks.synchronous(target, channels));
    findings.add(ChannelChecks.liveAgent(target, channels, attributes, properties));
    findings.add(ChannelChecks.ordering(target, providers));
    findings.add(ChannelChecks.typing(target, channels));
    findings.add(ChannelChecks.attachments(target, application, properties));
    findings.add(ApplicationChecks.ids(target, store, attributes));
    findings.add(ApplicationChecks.history(target, attributes));
    findings.add(LinkingChecks.provider(target, providers));
    Rows accounts = accounts();
    Rows inactive =
        tables.read(
            accounts,
            Query.of("provider_user_map")
                .in("user", accounts.values("sys_id"))
                .is("active", "false")
                .fields("channel_user_id"));
    findings.add(LinkingChecks.customer(target, accounts, inactive));
  }

  private Rows accounts() {
    return tables.read(
        Query.of("sys_user")
            .in("email", target.customer() == null ? List.of() : List.of(target.customer()))
            .fields("sys_id", "email", "active", "locked_out"));
  }

  private void routing(Properties properties) {
    Rows queues =
        tables.read(
            Query.of("awa_queue")
                .is("service_channel", target.chatChannel())
                .fields("sys_id", "name", "active", "schedule"));
    Rows asked = RoutingChecks.inQuestion(target, queues);
    Rows pools =
        tables.read(
            queues,
            Query.of("awa_eligibility_pool")
                .in("queue", asked.values("sys_id"))
                .fields("groups", "assignment_rule"));
    findings.add(RoutingChecks.queue(target, queues));
    findings.add(RoutingChecks.pool(target, asked, pools));
    findings.add(
        RoutingChecks.rule(
            target,
            pools,
            tables.read(
                Query.of("awa_assignment_rule").is("active", "true").fields("sys_id", "name"))));
    Set<String> groups = RoutingChecks.groups(pools);
    Rows members =
        tables.read(pools, Query.of("sys_user_grmember").in("group", groups).fields("user"));
    findings.add(AgentChecks.group(target, pools, members));
    agents(members);
    Rows view = view();
    findings.add(AvailabilityCheck.look(target, view, members, asked));
    findings.add(AvailabilityCheck.schedule(target, asked));
    findings.add(
        WorkItemCheck.look(
            target,
            tables.read(
                Query.of("awa_work_item")
                    .is("state", "queued")
                    .fields("sys_created_on")
                    .newest(WAITING)),
            properties,
            now));
    Query chats =
        Query.of("interaction")
            .is("type", "chat")
            .fields("number", "state", "active", "queue", "assigned_to")
            .newest(20);
    findings.add(
        RoutingChecks.interactions(
            target,
            tables.read(
                target.customer() == null
                    ? chats
                    : chats.in("opened_for", accounts().values("sys_id")))));
  }

  private void agents(Rows members) {
    findings.add(
        AgentChecks.role(
            target,
            members,
            tables.read(
                members,
                Query.of("sys_user_has_role")
                    .in("user", members.values("user"))
                    .is("role.name", AgentChecks.ROLE))));
    findings.add(
        AgentChecks.capacity(
            target,
            members,
            tables.read(
                Query.of("awa_agent_capacity")
                    .is("channel", target.chatChannel())
                    .fields("user", "workload", "applied_max_capacity"))));
    findings.add(AgentChecks.presence(target, members, presence()));
    findings.add(AgentChecks.requester(target, members, accounts()));
  }

  private Rows presence() {
    return tables.read(
        Query.of("awa_agent_presence").fields("agent", "current_presence_state.name"));
  }

  /** One row per agent and channel. */
  private Rows view() {
    Rows view =
        tables.read(
            Query.of("awa_agent_presence_capacity")
                .fields(
                    "ap_agent",
                    "ac_user",
                    "ac_channel",
                    "ac_workload",
                    "ac_applied_max_capacity",
                    "aca_service_channel",
                    "aca_available"));
    findings.add(
        AgentChecks.rights(
            target, view, presence(), tables.read(Query.of("awa_agent_capacity").fields("user"))));
    return view;
  }

  private void logs(Properties properties) {
    findings.add(
        LogChecks.deliveries(
            target,
            tables.read(
                Query.of("sys_cs_ca_message")
                    .fields("status", "state", "error_message", "http_status", "sys_created_on")
                    .newest(200))));
    findings.add(
        LogChecks.systemLog(
            target,
            tables.read(
                Query.of("syslog")
                    .is("source", ApplicationChecks.SCOPE)
                    .fields("level", "message", "sys_created_on")
                    .newest(50))));
    findings.add(
        LogChecks.rate(
            target,
            tables.read(
                Query.of("sys_rate_limit_rules")
                    .is("active", "true")
                    .fields("name", "path", "requests", "request_limit_per_hour"))));
    findings.add(PropertyChecks.idle(target, properties));
    findings.add(PropertyChecks.takeControl(target, properties));
    findings.add(PropertyChecks.logs(target, properties));
  }
}
