-- One decision to ask a person how something was, or not to. Asked when it has a token: the token opens the form without
-- signing in. best_first: in which order this person reads the answers, fixed for them. share: which share was drawn.
CREATE TABLE surveys (
    id           BIGINT PRIMARY KEY,
    object_type  TEXT   NOT NULL,
    object_id    BIGINT NOT NULL,
    person_id    BIGINT NOT NULL REFERENCES people (id),
    subject      TEXT   NOT NULL,
    service      TEXT,
    view_token   TEXT,
    token        TEXT UNIQUE,
    withheld     TEXT,
    share        DOUBLE PRECISION NOT NULL,
    best_first   BIGINT NOT NULL,
    decided_at   BIGINT NOT NULL,
    dismissed_at BIGINT,
    source       TEXT   NOT NULL,
    UNIQUE (object_type, object_id)
);
CREATE INDEX surveys_person ON surveys (person_id, decided_at);
CREATE INDEX surveys_view ON surveys (view_token);

-- What a person answered, one row for each survey; changing one's mind replaces it. items: the version of each item that
-- was answered, as JSON {"effort": 1}. lost is the class of working time, 0 (none) to 5 (more than a day).
CREATE TABLE responses (
    survey_id    BIGINT PRIMARY KEY REFERENCES surveys (id),
    satisfaction BIGINT,
    effort       BIGINT,
    emotion      BIGINT,
    word         TEXT,
    lost         BIGINT,
    comment      TEXT   NOT NULL,
    may_contact  BIGINT NOT NULL,
    items        TEXT   NOT NULL,
    answered_at  BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    source       TEXT   NOT NULL
);

-- People who asked not to be asked.
CREATE TABLE survey_refusals (
    person_id BIGINT PRIMARY KEY REFERENCES people (id),
    at        BIGINT NOT NULL
);

-- Something that people said should be better, and what becomes of it. A duplicate points to what it was merged into,
-- and is nothing of its own from then on.
CREATE TABLE improvements (
    id          BIGINT PRIMARY KEY,
    title       TEXT   NOT NULL,
    plan        TEXT   NOT NULL,
    outcome     TEXT   NOT NULL,
    state       TEXT   NOT NULL,
    owner_id    BIGINT REFERENCES people (id),
    merged_into BIGINT REFERENCES improvements (id),
    proposed_at BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    ended_at    BIGINT,
    told_at     BIGINT,
    source      TEXT   NOT NULL
);
CREATE INDEX improvements_board ON improvements (state, changed_at);
CREATE INDEX improvements_merged ON improvements (merged_into);

-- Who asked for it, each once, and how they came to it.
CREATE TABLE improvement_raisers (
    improvement_id BIGINT NOT NULL REFERENCES improvements (id),
    person_id      BIGINT NOT NULL REFERENCES people (id),
    came           TEXT   NOT NULL,
    at             BIGINT NOT NULL,
    PRIMARY KEY (improvement_id, person_id)
);
CREATE INDEX improvement_raisers_person ON improvement_raisers (person_id);

-- How it went on: each change of state with the words of then, each merge.
CREATE TABLE improvement_changes (
    id             BIGINT PRIMARY KEY,
    improvement_id BIGINT NOT NULL REFERENCES improvements (id),
    at             BIGINT NOT NULL,
    by_id          BIGINT,
    what           TEXT   NOT NULL,
    words          TEXT   NOT NULL
);
CREATE INDEX improvement_changes_of ON improvement_changes (improvement_id, id);

-- That a raiser was told what came of it, once for ever: the person stands for all records merged with them, the
-- improvement for all its duplicates. helped: what they said when asked whether it did.
CREATE TABLE improvement_tellings (
    improvement_id BIGINT NOT NULL REFERENCES improvements (id),
    person_id      BIGINT NOT NULL REFERENCES people (id),
    token          TEXT   NOT NULL UNIQUE,
    by_letter      BIGINT NOT NULL,
    at             BIGINT NOT NULL,
    helped         BIGINT,
    answered_at    BIGINT,
    PRIMARY KEY (improvement_id, person_id)
);
CREATE INDEX improvement_tellings_person ON improvement_tellings (person_id);

-- A bad answer that somebody looks after. origin_id: the survey (or, without one, the touchpoint) that it came from.
CREATE TABLE follow_ups (
    id             BIGINT PRIMARY KEY,
    origin_id      BIGINT NOT NULL UNIQUE,
    person_id      BIGINT NOT NULL REFERENCES people (id),
    object_type    TEXT,
    object_id      BIGINT,
    subject        TEXT   NOT NULL,
    reason         TEXT   NOT NULL,
    satisfaction   BIGINT,
    emotion        BIGINT,
    words          TEXT   NOT NULL,
    may_contact    BIGINT NOT NULL,
    state          TEXT   NOT NULL,
    is_over        BIGINT NOT NULL,
    owner_id       BIGINT REFERENCES people (id),
    improvement_id BIGINT REFERENCES improvements (id),
    opened_at      BIGINT NOT NULL,
    due_at         BIGINT NOT NULL,
    contacted_at   BIGINT,
    closed_at      BIGINT,
    source         TEXT   NOT NULL
);
CREATE INDEX follow_ups_open ON follow_ups (is_over, due_at);
CREATE INDEX follow_ups_owner ON follow_ups (owner_id, is_over);

-- What was noted about a follow-up, or written to the person.
CREATE TABLE follow_up_notes (
    id           BIGINT PRIMARY KEY,
    follow_up_id BIGINT NOT NULL REFERENCES follow_ups (id),
    at           BIGINT NOT NULL,
    by_id        BIGINT,
    to_person    BIGINT NOT NULL,
    text         TEXT   NOT NULL
);
CREATE INDEX follow_up_notes_of ON follow_up_notes (follow_up_id, id);
