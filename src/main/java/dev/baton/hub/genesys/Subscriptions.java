package dev.baton.hub.genesys;

/** Who tells of changes in conversations. None of the methods waits. */
interface Subscriptions {
  /** Nobody does. */
  Subscriptions NONE =
      new Subscriptions() {
        @Override
        public void add(String from, String genesysId) {}

        @Override
        public void remove(String from) {}

        @Override
        public boolean covers(String from) {
          return false;
        }
      };

  void add(String from, String genesysId);

  void remove(String from);

  /** Whether a change of it would be told now. */
  boolean covers(String from);
}
