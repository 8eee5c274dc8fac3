-- Events that a projection could not take, with the later ones of their aggregates. They stay out of the rows of that
-- generation until they are retried; the event itself stays in the log.

CREATE TABLE dead_letter (
    projection     text        NOT NULL,
    generation     bigint      NOT NULL,
    position       bigint      NOT NULL,
    aggregate_type text        NOT NULL,
    aggregate_id   uuid        NOT NULL,
    sequence       bigint      NOT NULL,
    event          text        NOT NULL,
    owner_id       uuid,
    recorded_at    timestamptz NOT NULL,
    error          text        NOT NULL,
    parked_at      timestamptz NOT NULL DEFAULT clock_timestamp(),
    retries        integer     NOT NULL DEFAULT 0,
    discarded_at   timestamptz,
    PRIMARY KEY (projection, generation, position)
);

COMMENT ON COLUMN dead_letter.owner_id IS 'Whose answers are incomplete without it; absent for everybody''s';
COMMENT ON COLUMN dead_letter.discarded_at IS 'An operator knows and wants to hear no more of it';

CREATE INDEX dead_letter_aggregate ON dead_letter (projection, generation, aggregate_id, position);
