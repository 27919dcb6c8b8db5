-- What else a mail said than its words: its meeting, its signature, who forwarded it. JSON, as service::ticket::Extras.
ALTER TABLE ticket_messages ADD COLUMN extras TEXT;

-- By which id the mail's HTML names a file, and whether it is shown in the text rather than listed beneath it.
ALTER TABLE ticket_files ADD COLUMN cid TEXT;
ALTER TABLE ticket_files ADD COLUMN is_inline BIGINT NOT NULL DEFAULT 0;
