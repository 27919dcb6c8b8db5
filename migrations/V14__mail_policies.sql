-- part_id: which message of a conversation a mail became. moved_by: the agent who moved it there since. also_in: other
-- mailboxes that copies of it came to.
ALTER TABLE mails ADD COLUMN part_id BIGINT REFERENCES ticket_messages (id);
ALTER TABLE mails ADD COLUMN moved_by BIGINT REFERENCES people (id);
ALTER TABLE mails ADD COLUMN moved_at BIGINT;
ALTER TABLE mails ADD COLUMN also_in TEXT NOT NULL DEFAULT '';
UPDATE mails SET part_id = (SELECT MIN(p.id) FROM ticket_messages p WHERE p.mail_id = mails.message_id)
    WHERE message_id IS NOT NULL;
CREATE INDEX mails_part ON mails (part_id) WHERE part_id IS NOT NULL;

-- What programs answered for people before the mail that it answers was here: it joins that mail's ticket.
-- files: JSON, as they are enclosed in a message.
CREATE TABLE mail_waits (
    mail_id BIGINT PRIMARY KEY REFERENCES mails (id),
    sender  TEXT   NOT NULL,
    at      BIGINT NOT NULL,
    text    TEXT   NOT NULL,
    files   TEXT   NOT NULL
);
CREATE INDEX mail_waits_sender ON mail_waits (sender);

-- How the mails of a sender end, learned from several of them.
CREATE TABLE mail_signatures (
    sender     TEXT   PRIMARY KEY,
    text       TEXT   NOT NULL,
    learned_at BIGINT NOT NULL
);

-- A matter that is over may go on in another ticket: what is written to the old one lands there.
CREATE TABLE ticket_successors (
    ticket_id BIGINT PRIMARY KEY REFERENCES tickets (id),
    next_id   BIGINT NOT NULL REFERENCES tickets (id),
    at        BIGINT NOT NULL
);
CREATE INDEX ticket_successors_next ON ticket_successors (next_id);
