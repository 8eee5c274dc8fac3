-- Every event of the log once more, with what an auditor asks by in columns.

CREATE TABLE audit_trail_entry (
    position       bigint      PRIMARY KEY,
    event_id       uuid        NOT NULL,
    aggregate_type text        NOT NULL,
    aggregate_id   uuid        NOT NULL,
    sequence       bigint      NOT NULL,
    event          text        NOT NULL,
    revision       text        NOT NULL,
    at             timestamptz NOT NULL,
    owner_id       uuid,
    actor_id       text,
    request_id     text,
    reason         text,
    payload        json        NOT NULL,
    metadata       json        NOT NULL
);

COMMENT ON COLUMN audit_trail_entry.owner_id IS 'Whose expense, category, import or account it is about';
COMMENT ON COLUMN audit_trail_entry.payload IS 'As revision reads it: the stored payload after the upcasters of its day';

CREATE UNIQUE INDEX audit_trail_entry_subject ON audit_trail_entry (aggregate_id, sequence);
CREATE INDEX audit_trail_entry_owner ON audit_trail_entry (owner_id, position);
CREATE INDEX audit_trail_entry_actor ON audit_trail_entry (actor_id, position);
CREATE INDEX audit_trail_entry_request ON audit_trail_entry (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_trail_entry_at ON audit_trail_entry (at);
