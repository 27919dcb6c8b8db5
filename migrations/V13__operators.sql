-- Which version of the desk last failed to take a mail in, and how often it was tried: a newer version tries again.
ALTER TABLE mails ADD COLUMN version TEXT;
ALTER TABLE mails ADD COLUMN tries BIGINT NOT NULL DEFAULT 1;
-- Whoever asks for a mail knows who sent it; whoever asks how a mailbox fares wants its last one.
CREATE INDEX mails_sender ON mails (LOWER(sender), id);
CREATE INDEX mails_mailbox ON mails (mailbox, id);

-- Times in which mail did not flow. way: reading or sending. place: the mailbox, or the server. cause: the word for why.
-- said: what the server or the machine said. told_at: when the operator was written to, once.
CREATE TABLE alarms (
    id       BIGINT PRIMARY KEY,
    way      TEXT   NOT NULL,
    place    TEXT   NOT NULL,
    cause    TEXT   NOT NULL,
    said     TEXT   NOT NULL,
    since    BIGINT NOT NULL,
    began_at BIGINT NOT NULL,
    ended_at BIGINT,
    told_at  BIGINT
);
CREATE UNIQUE INDEX alarms_now ON alarms (way, place) WHERE ended_at IS NULL;
CREATE INDEX alarms_place ON alarms (way, place, ended_at);
