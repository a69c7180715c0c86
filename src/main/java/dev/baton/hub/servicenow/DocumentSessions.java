package dev.baton.hub.servicenow;

import dev.baton.journal.DocumentStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sessions as documents beside the journal; they go when their conversation is purged. */
final class DocumentSessions implements SessionStore {
  private static final int UNCLAIMED = 100;

  private final DocumentStore documents;

  DocumentSessions(DocumentStore documents) {
    this.documents = documents;
  }

  @Override
  public void save(Session session) {
    String kind = session.ended() ? ended(session.hub) : kind(session.hub);
    documents.put(kind, session.id, session.conversation, session.json()).join();
    if (session.ended()) {
      documents.delete(kind(session.hub), session.id).join();
    }
  }

  @Override
  public Optional<Session> find(String hub, String id) {
    // What has ended stays so, also when the node stopped between the two writes.
    Optional<String> ended = documents.get(ended(hub), id);
    return ended.or(() -> documents.get(kind(hub), id)).map(Session::of);
  }

  @Override
  public void newest(Session session) {
    String body = Texts.quoted(session.id);
    documents.put(user(session.hub), session.userId, session.conversation, body).join();
  }

  @Override
  public Optional<Session> newestOf(String hub, String userId) {
    return documents.get(user(hub), userId).flatMap(body -> find(hub, Texts.unquoted(body)));
  }

  private static String user(String hub) {
    return "servicenow-user:" + hub;
  }

  @Override
  public List<Session> open(String hub) {
    return documents.list(kind(hub)).stream().map(d -> Session.of(d.body())).toList();
  }

  @Override
  public void unclaimed(String hub, String json) {
    String kind = "servicenow-unclaimed:" + hub;
    List<DocumentStore.Document> kept = documents.list(kind);
    for (int i = 0; i <= kept.size() - UNCLAIMED; i++) {
      documents.delete(kind, kept.get(i).id()).join();
    }
    documents.put(kind, UUID.randomUUID().toString(), json).join();
  }

  private static String kind(String hub) {
    return "servicenow:" + hub;
  }

  private static String ended(String hub) {
    return kind(hub) + ":ended";
  }
}
