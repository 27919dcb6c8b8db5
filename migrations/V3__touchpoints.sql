-- The ledger. Append-only: nothing here is ever changed, and only erasing a person cuts the link to them.
-- (position, id) is the order in which readers follow; see Tx::number for what a position is.
CREATE TABLE touchpoints (
    id             BIGINT PRIMARY KEY,
    position       BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    person_id      BIGINT,
    person_version BIGINT,
    channel        TEXT   NOT NULL,
    stage          TEXT   NOT NULL,
    kind           TEXT   NOT NULL,
    service        TEXT,
    direction      TEXT   NOT NULL,
    initiator      TEXT   NOT NULL,
    team           TEXT,
    visible        BIGINT NOT NULL,
    source         TEXT   NOT NULL,
    promise_until  BIGINT,
    objects        TEXT   NOT NULL,
    detail         TEXT   NOT NULL
);
CREATE INDEX touchpoints_position ON touchpoints (position, id);
CREATE INDEX touchpoints_person ON touchpoints (person_id, at);

-- Which touchpoints concern a thing: the inverse of touchpoints.objects.
CREATE TABLE touchpoint_objects (
    object_type   TEXT   NOT NULL,
    object_id     BIGINT NOT NULL,
    touchpoint_id BIGINT NOT NULL,
    PRIMARY KEY (object_type, object_id, touchpoint_id)
);

-- How far each follower has come, moved in the transaction that did what followed.
CREATE TABLE cursors (
    name          TEXT PRIMARY KEY,
    position      BIGINT NOT NULL,
    touchpoint_id BIGINT NOT NULL
);

-- Logs and exports of other desks that were read into the ledger, and how far: an import cut off goes on from here.
CREATE TABLE imports (
    id          BIGINT PRIMARY KEY,
    name        TEXT   NOT NULL,
    digest      TEXT   NOT NULL UNIQUE,
    kind        TEXT   NOT NULL,
    events      BIGINT NOT NULL,
    cases       BIGINT NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT
);
CREATE TABLE import_cases (
    import_id BIGINT NOT NULL REFERENCES imports (id),
    name      TEXT   NOT NULL,
    id        BIGINT NOT NULL,
    PRIMARY KEY (import_id, name)
);
