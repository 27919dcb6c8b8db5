-- Every mail that came in, and what became of it, so that none lands twice and an agent can see why one landed where.
-- key: by what a mail is the same mail, whichever way it came. decision: opened, written, kept, dropped, quarantined,
-- discarded. why: the word for the reason. evidence: JSON. raw: the file with the whole mail.
CREATE TABLE mails (
    id         BIGINT PRIMARY KEY,
    key        TEXT   NOT NULL UNIQUE,
    digest     TEXT   NOT NULL,
    message_id TEXT,
    at         BIGINT NOT NULL,
    written_at BIGINT,
    sender     TEXT   NOT NULL,
    subject    TEXT   NOT NULL,
    mailbox    TEXT   NOT NULL,
    kind       TEXT   NOT NULL,
    decision   TEXT   NOT NULL,
    why        TEXT   NOT NULL,
    evidence   TEXT   NOT NULL,
    error      TEXT,
    ticket_id  BIGINT REFERENCES tickets (id),
    raw        TEXT   NOT NULL,
    bytes      BIGINT NOT NULL,
    copies     BIGINT NOT NULL,
    decided_by BIGINT REFERENCES people (id),
    decided_at BIGINT NOT NULL
);
CREATE INDEX mails_decision ON mails (decision, id);
CREATE INDEX mails_message ON mails (message_id);
CREATE INDEX mails_ticket ON mails (ticket_id);

-- Which mails a mail says it answers: replies find each other in whichever order they come.
CREATE TABLE mail_references (
    mail_id    BIGINT NOT NULL REFERENCES mails (id),
    message_id TEXT   NOT NULL,
    PRIMARY KEY (mail_id, message_id)
);
CREATE INDEX mail_references_message ON mail_references (message_id);

-- How far each mailbox was read. A new uid_validity means that its numbers begin anew.
CREATE TABLE mailboxes (
    name         TEXT   PRIMARY KEY,
    uid_validity BIGINT NOT NULL,
    last_uid     BIGINT NOT NULL,
    read_at      BIGINT NOT NULL
);

-- From handed_at on a letter's server may have taken it, even if its answer was never heard.
ALTER TABLE outbox ADD COLUMN handed_at BIGINT;
CREATE INDEX outbox_address ON outbox (address, sent_at);
CREATE INDEX ticket_messages_mail ON ticket_messages (mail_id);
