-- Rebuilds that operators asked for, and how far they are. One runs at a time, in the order of the requests.

CREATE TABLE projection_rebuild (
    rebuild_id        uuid        PRIMARY KEY,
    position          bigint      NOT NULL UNIQUE,
    projections       text[]      NOT NULL,
    reason            text        NOT NULL,
    requested_by      text        NOT NULL,
    requested_at      timestamptz NOT NULL,
    state             text        NOT NULL,
    decision          text        CHECK (decision IN ('swap', 'cancel')),
    generation        bigint,
    up_to             bigint,
    after_aggregate   uuid,
    events_done       bigint      NOT NULL DEFAULT 0,
    events_total      bigint      NOT NULL DEFAULT 0,
    events_per_second double precision,
    started_at        timestamptz,
    finished_at       timestamptz,
    comparisons       json,
    error             text,
    owner             text
);

COMMENT ON COLUMN projection_rebuild.position IS 'Of the request in the log';
COMMENT ON COLUMN projection_rebuild.up_to IS 'Copied in the order of aggregates up to this position, then followed';
COMMENT ON COLUMN projection_rebuild.after_aggregate IS 'The last aggregate whose rows are there; a new runner goes on after it';
COMMENT ON COLUMN projection_rebuild.owner IS 'The instance that works on it; what another one still writes is refused';
