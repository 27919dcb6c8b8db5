-- Series of short numbers. On PostgreSQL each but 'transaction' is served by a sequence of the same name.
CREATE TABLE counters (
    name  TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);
INSERT INTO counters (name, value) VALUES ('transaction', 1), ('ticket', 1000);
