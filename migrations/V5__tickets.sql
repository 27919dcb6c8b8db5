-- A ticket: a request or an incident, and its conversation. waiting_since: since when the person waits for us.
CREATE TABLE tickets (
    id            BIGINT PRIMARY KEY,
    number        BIGINT NOT NULL UNIQUE,
    subject       TEXT   NOT NULL,
    state         TEXT   NOT NULL,
    is_open       BIGINT NOT NULL,
    person_id     BIGINT NOT NULL REFERENCES people (id),
    channel       TEXT   NOT NULL,
    service       TEXT,
    team          TEXT,
    agent_id      BIGINT REFERENCES people (id),
    needed_by     TEXT,
    view_token    TEXT   NOT NULL UNIQUE,
    reply_token   TEXT   NOT NULL UNIQUE,
    last_words    TEXT   NOT NULL,
    opened_at     BIGINT NOT NULL,
    changed_at    BIGINT NOT NULL,
    waiting_since BIGINT,
    answered_at   BIGINT,
    resolved_at   BIGINT,
    closed_at     BIGINT,
    source        TEXT   NOT NULL
);
CREATE INDEX tickets_inbox ON tickets (is_open, agent_id, changed_at);
CREATE INDEX tickets_changed ON tickets (is_open, changed_at, id);
CREATE INDEX tickets_person ON tickets (person_id, opened_at);
-- Who waits longest, and how many wait; whose tickets are open: without a look into the tickets themselves.
CREATE INDEX tickets_waiting ON tickets (is_open, waiting_since, id);
CREATE INDEX tickets_askers ON tickets (is_open, person_id);

CREATE TABLE ticket_messages (
    id         BIGINT PRIMARY KEY,
    ticket_id  BIGINT NOT NULL REFERENCES tickets (id),
    at         BIGINT NOT NULL,
    author_id  BIGINT REFERENCES people (id),
    author     TEXT   NOT NULL,
    channel    TEXT   NOT NULL,
    text       TEXT   NOT NULL,
    quoted     TEXT   NOT NULL,
    html       TEXT,
    mail_id    TEXT,
    letter_id  BIGINT
);
CREATE INDEX ticket_messages_ticket ON ticket_messages (ticket_id, id);

CREATE TABLE ticket_files (
    id         BIGINT PRIMARY KEY,
    message_id BIGINT NOT NULL REFERENCES ticket_messages (id),
    ticket_id  BIGINT NOT NULL REFERENCES tickets (id),
    key        TEXT   NOT NULL,
    name       TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    bytes      BIGINT NOT NULL
);
CREATE INDEX ticket_files_ticket ON ticket_files (ticket_id);

CREATE TABLE ticket_tags (
    ticket_id BIGINT NOT NULL REFERENCES tickets (id),
    tag       TEXT   NOT NULL,
    PRIMARY KEY (ticket_id, tag)
);
