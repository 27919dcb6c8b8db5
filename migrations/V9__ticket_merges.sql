-- Two tickets about one matter: the merged one is over, and whoever asks for it is given the one that was kept.
-- Merging again re-points what was merged before, so that one look is always enough.
CREATE TABLE ticket_merges (
    merged_id BIGINT PRIMARY KEY REFERENCES tickets (id),
    kept_id   BIGINT NOT NULL REFERENCES tickets (id),
    at        BIGINT NOT NULL,
    by_person BIGINT REFERENCES people (id)
);
CREATE INDEX ticket_merges_kept ON ticket_merges (kept_id);
