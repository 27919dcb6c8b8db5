-- What anyone wants to say to a person, written in the transaction that decides it. Channels deliver it.
-- occasion is unique: the same thing is never said twice to the same person.
CREATE TABLE outbox (
    id          BIGINT PRIMARY KEY,
    person_id   BIGINT,
    address     TEXT   NOT NULL,
    channel     TEXT   NOT NULL,
    occasion    TEXT   NOT NULL UNIQUE,
    subject     TEXT   NOT NULL,
    text        TEXT   NOT NULL,
    html        TEXT,
    reply_token TEXT,
    message_id  TEXT   NOT NULL UNIQUE,
    in_reply_to TEXT   NOT NULL,
    files       TEXT   NOT NULL,
    automatic   BIGINT NOT NULL,
    object_type TEXT,
    object_id   BIGINT,
    state       TEXT   NOT NULL,
    attempts    BIGINT NOT NULL,
    due_at      BIGINT NOT NULL,
    leased_until BIGINT,
    created_at  BIGINT NOT NULL,
    sent_at     BIGINT,
    error       TEXT
);
CREATE INDEX outbox_due ON outbox (state, due_at);
CREATE INDEX outbox_object ON outbox (object_type, object_id);
CREATE INDEX outbox_person ON outbox (person_id, created_at);

-- Work that follows a write, written in the transaction that causes it.
CREATE TABLE jobs (
    id           BIGINT PRIMARY KEY,
    kind         TEXT   NOT NULL,
    payload      TEXT   NOT NULL,
    state        TEXT   NOT NULL,
    run_at       BIGINT NOT NULL,
    attempts     BIGINT NOT NULL,
    leased_until BIGINT,
    error        TEXT,
    created_at   BIGINT NOT NULL
);
CREATE INDEX jobs_ready ON jobs (state, run_at);

-- Who may sign in, and as what. A person without an account is a customer and signs in by a link sent by mail.
CREATE TABLE accounts (
    person_id     BIGINT PRIMARY KEY REFERENCES people (id),
    roles         TEXT   NOT NULL,
    password_hash TEXT,
    team          TEXT,
    disabled_at   BIGINT
);

CREATE TABLE sessions (
    digest     TEXT PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES people (id),
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_person ON sessions (person_id);

-- One-time links: sign-in, set-up. The token itself is never stored.
CREATE TABLE links (
    digest     TEXT PRIMARY KEY,
    purpose    TEXT   NOT NULL,
    person_id  BIGINT,
    target     TEXT   NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX outbox_reply ON outbox (reply_token);
