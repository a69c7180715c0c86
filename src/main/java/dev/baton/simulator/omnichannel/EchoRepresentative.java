package dev.baton.simulator.omnichannel;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A representative who accepts every conversation, repeats what is written, and ends at "bye". */
public final class EchoRepresentative {
  private static final String NAME = "Dana Marsh";

  private final OmnichannelSimulator omnichannel;
  private final Set<String> answered = ConcurrentHashMap.newKeySet();

  private EchoRepresentative(OmnichannelSimulator omnichannel) {
    this.omnichannel = omnichannel;
  }

  /** Lets one answer from now on. */
  public static void answer(OmnichannelSimulator omnichannel) {
    EchoRepresentative dana = new EchoRepresentative(omnichannel);
    omnichannel.changes.then(dana::look);
  }

  private void look() {
    omnichannel.conversations().forEach(this::look);
  }

  private void look(OmnichannelConversation conversation) {
    if (answered.add(conversation.id())) {
      omnichannel.agents().accept(conversation, NAME);
      return;
    }
    int number = 0;
    for (JsonObject activity : conversation.received()) {
      String text = activity.getString("text");
      boolean isNew = text != null && answered.add(conversation.id() + "#" + number);
      number++;
      if (isNew) {
        reply(conversation, text);
      }
    }
  }

  private Future<Integer> reply(OmnichannelConversation conversation, String text) {
    return text.strip().equalsIgnoreCase("bye")
        ? omnichannel.agents().end(conversation)
        : omnichannel.agents().say(conversation, "You wrote: " + text);
  }
}
