-- A read model that begins lacks everything that is in the log by then, and says so until it has read as far.

ALTER TABLE projection_token ADD COLUMN complete_from bigint NOT NULL DEFAULT 0 CHECK (complete_from >= 0);

COMMENT ON COLUMN projection_token.complete_from IS 'End of the log when the projection began; before that position its rows lack something';
