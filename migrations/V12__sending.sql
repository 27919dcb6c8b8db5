-- Who else is on a ticket besides the one who asked. role: cc (a mail named them), asked (they wrote in it). added_by:
-- the agent who added them, nobody when a mail did. Who is muted stays and gets no mails.
CREATE TABLE ticket_participants (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
    address   TEXT   NOT NULL,
    name      TEXT   NOT NULL,
    person_id BIGINT REFERENCES people (id),
    role      TEXT   NOT NULL,
    added_at  BIGINT NOT NULL,
    added_by  BIGINT REFERENCES people (id),
    muted_at  BIGINT,
    PRIMARY KEY (ticket_id, address)
);

-- Which of our addresses the person wrote to last: answers come from there.
CREATE TABLE ticket_senders (
    ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id) ON DELETE CASCADE,
    address   TEXT   NOT NULL
);

-- name: of the one it goes to. cc, bcc: JSON, [{"name", "address"}]. sender, sender_name: whom it comes from, the first
-- account when empty. reached: JSON, addresses that a server took it for. refused: JSON, [{"address", "said"}], those for
-- good. queue: the server's last word. account: whose server took it. refusal_kind, refusal_token: for letters that
-- people can do without.
ALTER TABLE outbox ADD COLUMN name TEXT NOT NULL DEFAULT '';
ALTER TABLE outbox ADD COLUMN cc TEXT NOT NULL DEFAULT '[]';
ALTER TABLE outbox ADD COLUMN bcc TEXT NOT NULL DEFAULT '[]';
ALTER TABLE outbox ADD COLUMN sender TEXT;
ALTER TABLE outbox ADD COLUMN sender_name TEXT;
ALTER TABLE outbox ADD COLUMN reached TEXT NOT NULL DEFAULT '[]';
ALTER TABLE outbox ADD COLUMN refused TEXT NOT NULL DEFAULT '[]';
ALTER TABLE outbox ADD COLUMN queue TEXT;
ALTER TABLE outbox ADD COLUMN account TEXT;
ALTER TABLE outbox ADD COLUMN refusal_kind TEXT;
ALTER TABLE outbox ADD COLUMN refusal_token TEXT;
CREATE INDEX outbox_account ON outbox (account, sent_at) WHERE account IS NOT NULL;
CREATE INDEX outbox_refusal ON outbox (refusal_token) WHERE refusal_token IS NOT NULL;

-- Which letters an address does not want: survey, told.
CREATE TABLE refusals (
    address   TEXT   NOT NULL,
    kind      TEXT   NOT NULL,
    person_id BIGINT,
    at        BIGINT NOT NULL,
    PRIMARY KEY (address, kind)
);
