-- The log of facts. Positions are dense and in commit order: every append takes them from the one row of
-- event_store.head, whose lock is held only inside the server, from that update to the end of its commit.

CREATE TABLE event_store.head (
    only_row boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    position bigint      NOT NULL CHECK (position >= 0),
    at       timestamptz NOT NULL
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

COMMENT ON TABLE event_store.head IS 'Last position given out and the moment it was; at never runs backwards, whatever the clock does';

INSERT INTO event_store.head (position, at) VALUES (0, to_timestamp(0));

CREATE TABLE event_store.domain_event (
    position       bigint      PRIMARY KEY,
    aggregate_type text        NOT NULL,
    aggregate_id   uuid        NOT NULL,
    sequence       bigint      NOT NULL CHECK (sequence >= 0),
    event_id       uuid        NOT NULL UNIQUE,
    name           text        NOT NULL,
    revision       text        NOT NULL,
    recorded_at    timestamptz NOT NULL,
    command_id     text,
    payload        json        NOT NULL,
    metadata       json        NOT NULL,
    CONSTRAINT domain_event_aggregate_sequence UNIQUE (aggregate_id, sequence)
);

COMMENT ON COLUMN event_store.domain_event.position IS 'Place in the log: 1, 2, 3 … without gaps';
COMMENT ON COLUMN event_store.domain_event.recorded_at IS 'Monotone along positions; the clock of this server, not of an application';
COMMENT ON COLUMN event_store.domain_event.command_id IS 'The client''s Idempotency-Key; one per aggregate';
COMMENT ON COLUMN event_store.domain_event.payload IS 'json, not jsonb: the bytes stay as written';

CREATE UNIQUE INDEX domain_event_command ON event_store.domain_event (aggregate_id, command_id)
    WHERE command_id IS NOT NULL;

-- Grants already withhold these from every role that can log in; this tells the owner too, loudly.
CREATE FUNCTION event_store.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'event_store.% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_store.domain_event
    FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_rewriting();

CREATE TRIGGER one_row_for_ever BEFORE DELETE OR TRUNCATE ON event_store.head
    FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_rewriting();

GRANT USAGE ON SCHEMA event_store TO "${commandRole}", "${queryRole}";
GRANT SELECT ON event_store.domain_event, event_store.head TO "${commandRole}", "${queryRole}";
GRANT INSERT (position, aggregate_type, aggregate_id, sequence, event_id, name, revision, recorded_at, command_id,
    payload, metadata) ON event_store.domain_event TO "${commandRole}";
GRANT UPDATE (position, at) ON event_store.head TO "${commandRole}";
