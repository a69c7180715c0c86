package dev.baton.hub.servicenow.custom;

import dev.baton.hub.HubProperties;
import org.apache.camel.CamelContext;

/** Binds what the routes of hubs of type {@code servicenow-custom} refer to. */
public final class ServiceNowCustomBeans {
  private ServiceNowCustomBeans() {}

  /** Binds {@code serviceNowCustom}. */
  public static void bind(CamelContext context) {
    context.getRegistry().bind("serviceNowCustom", new CustomContract(new HubProperties(context)));
  }
}
