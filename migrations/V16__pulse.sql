-- What a person answered to a pulse: whether something got in the way of their work (0 or 1), where they went first with it
-- (1 is the desk, 2 to 5 are other ways), and whether they told the desk (0 or 1). What was skipped is NULL. One row for
-- each survey whose object_type is 'pulse'.
CREATE TABLE pulse_responses (
    survey_id   BIGINT PRIMARY KEY REFERENCES surveys (id),
    trouble     BIGINT,
    went        BIGINT,
    reported    BIGINT,
    answered_at BIGINT NOT NULL,
    changed_at  BIGINT NOT NULL,
    source      TEXT   NOT NULL
);
