package dev.baton.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.jolokia.server.core.restrictor.policy.PolicyRestrictor;
import org.jolokia.server.core.util.RequestType;
import org.junit.jupiter.api.Test;

class JolokiaAccessTest {

  @Test
  void attributesCanBeReadButNotTheCommandLineAndNothingCanBeDone()
      throws IOException, MalformedObjectNameException {
    PolicyRestrictor policy;
    try (InputStream file = getClass().getResourceAsStream("/jolokia-access.xml")) {
      policy = new PolicyRestrictor(file);
    }
    ObjectName runtime = new ObjectName("java.lang:type=Runtime");
    ObjectName routes = new ObjectName("org.apache.camel:context=baton,type=routes,name=\"r\"");

    assertThat(policy.isAttributeReadAllowed(routes, "State")).isTrue();
    assertThat(policy.isAttributeReadAllowed(runtime, "Uptime")).isTrue();
    assertThat(policy.isAttributeReadAllowed(runtime, "SystemProperties")).isFalse();
    assertThat(policy.isAttributeReadAllowed(runtime, "InputArguments")).isFalse();
    assertThat(policy.isTypeAllowed(RequestType.READ)).isTrue();
    assertThat(policy.isTypeAllowed(RequestType.EXEC)).isFalse();
    assertThat(policy.isTypeAllowed(RequestType.WRITE)).isFalse();
  }
}
