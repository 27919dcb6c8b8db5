-- What was in a folder before we came is read from its newest mail down: the number of the next one, 0 when none is
-- left; and when that reading began.
ALTER TABLE mailboxes ADD COLUMN backlog BIGINT NOT NULL DEFAULT 0;
ALTER TABLE mailboxes ADD COLUMN backlog_at BIGINT NOT NULL DEFAULT 0;

-- Mails of a POP3 mailbox that were taken in, by the server's name for each; forgotten when the server forgets.
CREATE TABLE mailbox_mails (
    mailbox  TEXT   NOT NULL,
    uidl     TEXT   NOT NULL,
    taken_at BIGINT NOT NULL,
    PRIMARY KEY (mailbox, uidl)
);

-- Tokens with which a mailbox is opened in place of a password. access_token and refresh_token are secrets, never
-- shown. renewing_until: until when somebody holds the right to renew it; 0 nobody. failures: in a row; not tried
-- again before retry_at. consent_until: when the provider said, or the operator, that consent ends. given: a digest of
-- the refresh token in the configuration that this row began with, so that a new one there is noticed.
CREATE TABLE mail_tokens (
    address        TEXT   PRIMARY KEY,
    access_token   TEXT   NOT NULL,
    expires_at     BIGINT NOT NULL,
    refresh_token  TEXT   NOT NULL,
    given          TEXT   NOT NULL,
    consented_at   BIGINT NOT NULL,
    consent_until  BIGINT,
    consent_ended  BIGINT NOT NULL,
    renewing_until BIGINT NOT NULL,
    failures       BIGINT NOT NULL,
    retry_at       BIGINT NOT NULL,
    error          TEXT
);
