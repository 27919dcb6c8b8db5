-- A person keeps every address, touchpoint and version they ever had; merging two people only says who stands for both.
CREATE TABLE people (
    id           BIGINT PRIMARY KEY,
    canonical_id BIGINT NOT NULL,
    name         TEXT   NOT NULL,
    relation     TEXT   NOT NULL,
    language     TEXT   NOT NULL,
    version      BIGINT NOT NULL,
    simulated    BIGINT NOT NULL,
    created_at   BIGINT NOT NULL,
    felt         BIGINT,
    erased_at    BIGINT
);
CREATE INDEX people_canonical ON people (canonical_id);

-- Mail addresses, phone numbers, handles: how a person is recognised. The value is kept in one normal form.
CREATE TABLE person_addresses (
    id         BIGINT PRIMARY KEY,
    person_id  BIGINT NOT NULL REFERENCES people (id),
    kind       TEXT   NOT NULL,
    value      TEXT   NOT NULL,
    added_at   BIGINT NOT NULL,
    failing_since BIGINT,
    UNIQUE (kind, value)
);
CREATE INDEX person_addresses_person ON person_addresses (person_id, kind);

-- What was known of a person (site, department, role ...) from when on. A touchpoint keeps the version of then.
CREATE TABLE person_versions (
    person_id  BIGINT NOT NULL REFERENCES people (id),
    version    BIGINT NOT NULL,
    from_at    BIGINT NOT NULL,
    attributes TEXT   NOT NULL,
    PRIMARY KEY (person_id, version)
);

CREATE TABLE person_merges (
    id        BIGINT PRIMARY KEY,
    kept_id   BIGINT NOT NULL REFERENCES people (id),
    merged_id BIGINT NOT NULL REFERENCES people (id),
    at        BIGINT NOT NULL,
    by_person BIGINT,
    undone_at BIGINT
);
CREATE INDEX person_merges_kept ON person_merges (kept_id);
CREATE INDEX person_merges_merged ON person_merges (merged_id);

-- A rule over attributes, as JSON: {"site": ["Lisbon"], "department": ["Sales", "Service"]}.
CREATE TABLE segments (
    id         BIGINT PRIMARY KEY,
    name       TEXT   NOT NULL UNIQUE,
    rule       TEXT   NOT NULL,
    style      TEXT   NOT NULL,
    created_at BIGINT NOT NULL
);
