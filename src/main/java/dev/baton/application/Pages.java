package dev.baton.application;

import dev.baton.activity.OutboundUrls;
import dev.baton.channel.directline.CustomerStreams;
import dev.baton.channel.directline.JournalBackend;
import dev.baton.channel.genesys.widget.GenesysWidget;
import dev.baton.channel.genesys.widget.WidgetServer;
import dev.baton.channel.servicenow.ServiceNowRelay;
import dev.baton.configuration.BotSettings;
import dev.baton.configuration.HubSettings;
import dev.baton.configuration.Settings;
import dev.baton.conversation.Conversation;
import dev.baton.directline.server.AllowedOrigins;
import dev.baton.directline.server.DirectLineServer;
import dev.baton.directline.server.DirectLineServerConfig;
import dev.baton.directline.server.DirectLineTokens;
import dev.baton.hub.desk.DeskServer;
import dev.baton.journal.SqlJournal;
import dev.baton.operations.Drain;
import dev.baton.operations.DrainGate;
import dev.baton.operations.StaticPages;
import dev.baton.operations.TraceGate;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import java.net.URI;
import java.time.Clock;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.ExchangeBuilder;

/** What stands on the traffic port beside the routes: the endpoint for canvases and the desk. */
final class Pages implements AutoCloseable {
  private final DirectLineServer canvases;
  private final DeskServer desk;
  private final ServiceNowRelay relay;
  private final WidgetServer widget;

  private Pages(
      DirectLineServer canvases, DeskServer desk, ServiceNowRelay relay, WidgetServer widget) {
    this.canvases = canvases;
    this.desk = desk;
    this.relay = relay;
    this.widget = widget;
  }

  static Pages mount(
      Router router,
      Vertx vertx,
      CamelContext camel,
      Settings settings,
      SqlJournal journal,
      CustomerStreams streams,
      OutboundUrls urls,
      DeskServer desk,
      Drain drain) {
    new TraceGate().mount(router);
    new DrainGate(drain).mount(router);
    ProducerTemplate template = camel.createProducerTemplate();
    JournalBackend backend =
        new JournalBackend(
            vertx,
            journal,
            streams,
            settings.bots(),
            conversation -> types(camel, template, conversation));
    Settings.Canvas canvas = settings.canvas();
    DirectLineServerConfig config =
        new DirectLineServerConfig(settings.store().data().resolve("uploads"))
            .origins(origins(settings.bots()))
            .tokenLife(canvas.tokenLife())
            .pageTokensPerMinute(canvas.tokensPerMinute())
            .maxUpload(canvas.uploadLimit())
            .maxActivity(settings.server().maxBody())
            .uploadTypes(Set.copyOf(canvas.uploadTypes()))
            .publicUrl(outside(settings.server().publicUrl()))
            .outboundUrls(urls);
    DirectLineTokens tokens =
        new DirectLineTokens(SigningKey.of(canvas.tokenSecret(), journal), Clock.systemUTC());
    DirectLineServer canvases = new DirectLineServer(vertx, backend, config, tokens);
    canvases.mount(router);
    desk.mount(router);
    StaticPages.mount(router, "/desk", "web/desk");
    ServiceNowRelay relay = RelayBeans.relay(vertx, camel, settings);
    relay.mount(router);
    WidgetServer widget =
        new WidgetServer(
            vertx,
            camel.getRegistry().findSingleByType(GenesysWidget.class),
            journal,
            settings,
            tokens,
            Clock.systemUTC());
    widget.mount(router);
    return new Pages(canvases, desk, relay, widget);
  }

  /** Streams come again, which leads them to the active node: nothing new arrives here. */
  void standBy() {
    canvases.closeStreams();
    widget.closeStreams();
  }

  /** Streams are told to come again, which leads them to another node. */
  void drain() {
    canvases.drain();
    relay.drain();
    widget.closeStreams();
  }

  private static void types(CamelContext camel, ProducerTemplate template, Conversation c) {
    if (c.handoff() == null
        || c.handoff().hub() == null
        || c.handoff().hubConversationId() == null) {
      return;
    }
    var exchange = ExchangeBuilder.anExchange(camel).withBody(Map.of("on", true)).build();
    exchange.setVariable("conversation", c.id());
    exchange.setVariable("hub", c.handoff().hub());
    exchange.setVariable("hubConversationId", c.handoff().hubConversationId());
    exchange.setVariable("handoffId", c.handoff().id());
    template.send("direct:signal-hub", exchange);
  }

  /** The default names this machine, which is no address for others: then each request tells. */
  private static URI outside(URI publicUrl) {
    return "localhost".equals(publicUrl.getHost()) ? null : publicUrl;
  }

  private static AllowedOrigins origins(Map<String, BotSettings> bots) {
    return AllowedOrigins.of(
        bots.values().stream()
            .collect(Collectors.toMap(BotSettings::name, BotSettings::allowedOrigins)));
  }

  static Collection<HubSettings> desks(Settings settings) {
    return settings.hubs().values().stream().filter(hub -> hub.type().equals("desk")).toList();
  }

  @Override
  public void close() {
    canvases.close();
    desk.close();
    widget.close();
    relay.close();
  }
}
