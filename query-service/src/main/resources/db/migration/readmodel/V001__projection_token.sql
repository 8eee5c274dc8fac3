-- How far each read model has come. The position moves in the transaction that changes the model's rows.

GRANT USAGE ON SCHEMA read_model TO "${queryRole}";
ALTER DEFAULT PRIVILEGES IN SCHEMA read_model
    GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON TABLES TO "${queryRole}";

CREATE TABLE projection_token (
    projection text        NOT NULL,
    segment    integer     NOT NULL,
    position   bigint      NOT NULL CHECK (position >= 0),
    owner      text,
    claimed_at timestamptz,
    error      text,
    error_at   timestamptz,
    PRIMARY KEY (projection, segment)
) WITH (fillfactor = 10, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);

COMMENT ON COLUMN projection_token.position IS 'Last place of the log that the rows contain; 0 before the first';
COMMENT ON COLUMN projection_token.owner IS 'The instance that projects, absent when none does';
COMMENT ON COLUMN projection_token.claimed_at IS 'Of this server''s clock; a claim not renewed for seconds may be taken over';
COMMENT ON COLUMN projection_token.error IS 'Why it does not move on, absent while it does';
