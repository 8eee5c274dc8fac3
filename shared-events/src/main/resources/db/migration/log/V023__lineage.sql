-- Which cluster the log is appended to, so that data that was restored from a backup is known as such: a dump comes up
-- in a cluster with another identifier, a point-in-time recovery or a promoted replica on another timeline. Neither a
-- restart nor the recovery from a crash changes one of them. Whoever appends compares, and asks for a declaration.

CREATE TABLE event_store.lineage (
    only_row          boolean     PRIMARY KEY DEFAULT true CHECK (only_row),
    system_identifier bigint      NOT NULL,
    timeline          integer     NOT NULL,
    since             bigint      NOT NULL DEFAULT 0 CHECK (since >= 0),
    recovery          uuid,
    published_size    bigint      CHECK (published_size > 0),
    published_root    bytea       CHECK (length(published_root) = 32),
    published_at      timestamptz,
    contradiction     text
);

COMMENT ON TABLE event_store.lineage IS 'The cluster that appends are made to; another one may take none before a recovery is declared';
COMMENT ON COLUMN event_store.lineage.since IS 'Position of the last LogRecoveryDeclared, 0 for none; recovery is its id';
COMMENT ON COLUMN event_store.lineage.published_size IS 'The last checkpoint published before the log was closed, where it is known; root and time belong to it';
COMMENT ON COLUMN event_store.lineage.contradiction IS 'How a published checkpoint contradicts the log; it closes the log until a recovery is declared';

CREATE TRIGGER one_row_for_ever BEFORE DELETE OR TRUNCATE ON event_store.lineage
    FOR EACH STATEMENT EXECUTE FUNCTION event_store.refuse_rewriting();

-- The timeline that is written now: what pg_control_checkpoint() says is that of the last checkpoint, which may lag
-- behind a promotion. Nothing is written by a replica, so it has none.
CREATE FUNCTION event_store.cluster(OUT system_identifier bigint, OUT timeline integer)
    LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp AS $$
    SELECT c.system_identifier,
           CASE WHEN NOT pg_is_in_recovery()
                THEN ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::integer END
      FROM pg_control_system() c
$$;

COMMENT ON FUNCTION event_store.cluster() IS 'What runs this log now; no timeline on a replica';

CREATE VIEW event_store.lineage_state AS
SELECT CASE WHEN l.only_row IS NULL OR h.only_row IS NULL THEN 'unknown'
            WHEN l.system_identifier <> c.system_identifier THEN 'other-cluster'
            WHEN l.timeline <> c.timeline THEN 'other-timeline'
            WHEN l.contradiction IS NOT NULL THEN 'published' END AS closed,
       l.system_identifier, l.timeline, l.since, l.recovery,
       c.system_identifier AS running_system_identifier, c.timeline AS running_timeline,
       h.position, h.at, l.published_size, l.published_root, l.published_at, l.contradiction
  FROM event_store.cluster() c
  LEFT JOIN event_store.lineage l ON true
  LEFT JOIN event_store.head h ON true;

COMMENT ON COLUMN event_store.lineage_state.closed IS 'Why nothing may be appended before a recovery is declared; NULL where it may';

INSERT INTO event_store.lineage (system_identifier, timeline)
SELECT system_identifier, timeline FROM event_store.cluster();

-- A log without events has nothing to lose: whichever cluster it comes up in is its own, and there is nobody yet who
-- could declare anything.
CREATE FUNCTION event_store.begin_lineage() RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE event_store.lineage l
       SET system_identifier = c.system_identifier, timeline = c.timeline
      FROM event_store.cluster() c, event_store.head h
     WHERE h.position = 0 AND l.contradiction IS NULL AND c.timeline IS NOT NULL
       AND (l.system_identifier, l.timeline) <> (c.system_identifier, c.timeline)
$$;

COMMENT ON FUNCTION event_store.begin_lineage() IS 'Makes a log without events that of the cluster it is in';

-- What was published outside of the database, by whoever looked. With a contradiction it closes the log.
CREATE FUNCTION event_store.note_published(size bigint, root bytea, at timestamptz, why text) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    UPDATE event_store.lineage
       SET published_size = note_published.size, published_root = note_published.root,
           published_at = note_published.at, contradiction = coalesce(contradiction, why)
$$;

COMMENT ON FUNCTION event_store.note_published(bigint, bytea, timestamptz, text) IS 'Keeps what was published, and closes the log if that contradicts it';

-- One transaction appends the declaration at the next position and makes the log that of the running cluster. Whoever
-- comes second waits for the row, and finds the log open. What the event says of clusters and of the log's end is what
-- the declaration was made on: if any of it is otherwise by now, nothing happens.
CREATE FUNCTION event_store.declare_recovery(
    log_ends_at bigint, from_system bigint, from_timeline integer, to_system bigint, to_timeline integer,
    recovery uuid, event_id uuid, name text, revision text, payload text, metadata text,
    OUT outcome text, OUT declared_at bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '3s' AS $$
#variable_conflict use_column
DECLARE
    state event_store.lineage_state;
    next event_store.head;
BEGIN
    PERFORM FROM event_store.lineage FOR UPDATE;
    UPDATE event_store.head SET position = position WHERE position = log_ends_at;
    SELECT * INTO state FROM event_store.lineage_state;
    IF state.closed IS NULL THEN
        outcome := 'open';
        RETURN;
    END IF;
    IF state.position IS DISTINCT FROM log_ends_at
        OR (state.system_identifier, state.timeline) IS DISTINCT FROM (from_system, from_timeline)
        OR (state.running_system_identifier, state.running_timeline) IS DISTINCT FROM (to_system, to_timeline)
        OR to_timeline IS NULL THEN
        outcome := 'otherwise';
        RETURN;
    END IF;
    UPDATE event_store.head SET position = position + 1, at = greatest(at, clock_timestamp()) RETURNING * INTO next;
    INSERT INTO event_store.domain_event (position, aggregate_type, aggregate_id, sequence, event_id, name, revision,
        recorded_at, command_id, payload, metadata)
    VALUES (next.position, 'LogRecovery', recovery, 0, event_id, declare_recovery.name, declare_recovery.revision,
        next.at, NULL, declare_recovery.payload::json, declare_recovery.metadata::json);
    INSERT INTO event_store.lineage (system_identifier, timeline, since, recovery)
    VALUES (to_system, to_timeline, next.position, declare_recovery.recovery)
    ON CONFLICT (only_row) DO UPDATE
       SET system_identifier = excluded.system_identifier, timeline = excluded.timeline, since = excluded.since,
           recovery = excluded.recovery, published_size = NULL, published_root = NULL, published_at = NULL,
           contradiction = NULL;
    outcome := 'declared';
    declared_at := next.position;
END
$$;

COMMENT ON FUNCTION event_store.declare_recovery(bigint, bigint, integer, bigint, integer, uuid, uuid, text, text, text, text) IS 'Appends LogRecoveryDeclared and opens the log for the running cluster: declared, open (nothing to declare) or otherwise (look again)';

REVOKE ALL ON FUNCTION event_store.begin_lineage(), event_store.note_published(bigint, bytea, timestamptz, text),
    event_store.declare_recovery(bigint, bigint, integer, bigint, integer, uuid, uuid, text, text, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_store.begin_lineage(), event_store.note_published(bigint, bytea, timestamptz, text),
    event_store.declare_recovery(bigint, bigint, integer, bigint, integer, uuid, uuid, text, text, text, text)
    TO "${commandRole}";
GRANT SELECT ON event_store.lineage_state TO "${commandRole}", "${queryRole}";
GRANT SELECT ON event_store.lineage TO "${commandRole}", "${queryRole}";

DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${auditorRole}') THEN
        GRANT SELECT ON event_store.lineage_state, event_store.lineage TO "${auditorRole}";
    END IF;
END
$$;
