-- Each index costs every write that touches it. These held what nobody asks for, or more than is asked for.
DROP INDEX outbox_person;
DROP INDEX outbox_address;
CREATE INDEX outbox_address ON outbox (address, sent_at) WHERE sent_at IS NOT NULL;
DROP INDEX ticket_messages_mail;
CREATE INDEX ticket_messages_mail ON ticket_messages (mail_id) WHERE mail_id IS NOT NULL;

-- The inbox asks for open tickets by whose they are, by who waits and by who asked; for the others by when they ended.
DROP INDEX tickets_inbox;
DROP INDEX tickets_changed;
DROP INDEX tickets_waiting;
DROP INDEX tickets_askers;
CREATE INDEX tickets_inbox ON tickets (agent_id, changed_at, id) WHERE is_open = 1;
CREATE INDEX tickets_waiting ON tickets (waiting_since, id) WHERE is_open = 1;
CREATE INDEX tickets_askers ON tickets (person_id) WHERE is_open = 1;
CREATE INDEX tickets_sorted ON tickets (changed_at, id) WHERE is_open = 0;
-- Those who felt bad when they were last asked are few.
CREATE INDEX people_felt ON people (felt) WHERE felt IS NOT NULL;

-- The table is its own key: kept once, in the order of the key, where the engine can ("clustered").
CREATE TABLE touchpoint_things (
    object_type   TEXT   NOT NULL,
    object_id     BIGINT NOT NULL,
    touchpoint_id BIGINT NOT NULL,
    PRIMARY KEY (object_type, object_id, touchpoint_id)
) /* clustered */;
INSERT INTO touchpoint_things (object_type, object_id, touchpoint_id)
    SELECT object_type, object_id, touchpoint_id FROM touchpoint_objects;
DROP TABLE touchpoint_objects;
ALTER TABLE touchpoint_things RENAME TO touchpoint_objects;
