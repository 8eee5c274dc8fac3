-- A read model that has nothing of a long log yet is copied at once, as by a rebuild that nobody asked for. Nobody else
-- projects it meanwhile.

ALTER TABLE projection_rebuild ADD COLUMN initial boolean NOT NULL DEFAULT false;

COMMENT ON COLUMN projection_rebuild.initial IS 'The first copy of read models that had nothing yet';
COMMENT ON COLUMN projection_rebuild.position IS 'Of the request in the log; below zero where nobody asked';

-- Looked at by every read and every claim.
CREATE INDEX projection_rebuild_initial ON projection_rebuild (rebuild_id) WHERE initial AND finished_at IS NULL;

CREATE SEQUENCE first_copy INCREMENT -1 MAXVALUE -1;
GRANT USAGE ON SEQUENCE first_copy TO "${queryRole}";
