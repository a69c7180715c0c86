-- One dialect for SQLite and PostgreSQL. Times are milliseconds since 1970-01-01 UTC.
-- Rows of events and entries are numbered over all conversations, so that new ones stand together
-- on few pages; every index that is ordered by conversation costs a page per append.

-- next_due may be earlier than the time-out in the state, never later; updated_at may lag a minute.
create table conversation (
  id text not null primary key,
  bot text not null,
  channel text,
  customer_id text,
  hub text,
  owner text not null,
  state text not null,
  next_due bigint,
  requested_at bigint,
  started_at bigint,
  updated_at bigint not null,
  ended_at bigint
);
create index conversation_updated on conversation (updated_at);
create index conversation_customer on conversation (customer_id);
create index conversation_due on conversation (next_due) where next_due is not null;
create index conversation_ended on conversation (ended_at) where ended_at is not null;
create index conversation_human on conversation (owner) where owner in ('PENDING', 'AGENT');

-- Everything that happened. source_id is the sender's own id: the unique index is the duplicate
-- check, where those without one never collide.
create table event (
  id ${key} not null primary key,
  conversation text not null,
  source_id text,
  body text not null,
  note text,
  at bigint not null
);
create unique index event_source on event (conversation, source_id);

-- What was or is to be delivered. part tells which part of the body stands in the event's row:
-- 0 nothing, 1 the body is the event's activity, 2 the body's field "activity" is the event's activity.
-- stream_no is the place in the customer's stream, null in other lanes.
create table entry (
  id ${key} not null primary key,
  conversation text not null,
  lane text not null,
  stream_no bigint,
  event_id bigint not null,
  operation text not null,
  part integer not null,
  body text,
  status text not null,
  attempts integer not null,
  due_at bigint,
  first_at bigint,
  remote_id text,
  cause text,
  at bigint not null
);
create unique index entry_conversation on entry (conversation, stream_no);
create index entry_pending on entry (lane, conversation, id) where status = 'PENDING';
create index entry_dead on entry (id) where status = 'DEAD';

-- Which conversation a hub's conversation belongs to.
create table handoff (
  handoff_id text not null primary key,
  conversation text not null,
  hub text,
  hub_conversation_id text
);
create index handoff_hub on handoff (hub, hub_conversation_id);
create index handoff_conversation on handoff (conversation);

-- Small documents of other parts: settings, sessions of bots, parked events of hubs.
create table document (
  kind text not null,
  id text not null,
  conversation text,
  body text not null,
  at bigint not null,
  primary key (kind, id)
);
create index document_conversation on document (conversation) where conversation is not null;
