-- Which instances are there to share the read models, by what they say themselves every two seconds.

CREATE TABLE projection_instance (
    instance text        PRIMARY KEY,
    seen_at  timestamptz NOT NULL
) WITH (fillfactor = 10);

COMMENT ON COLUMN projection_instance.instance IS 'As in projection_token.owner';
COMMENT ON COLUMN projection_instance.seen_at IS 'Of this server''s clock; one not seen for seconds counts as gone';
