-- The seal of the log: a hash tree over its events and what was signed about it. Nothing here is needed to read or
-- append events; whoever can rewrite the log can rewrite this too, which is why checkpoints are published elsewhere.

CREATE TABLE seal.tile (
    level        smallint NOT NULL CHECK (level >= 0),
    index        bigint   NOT NULL CHECK (index >= 0),
    hashes       bytea    NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    fingerprints bytea,
    PRIMARY KEY (level, index),
    CHECK (CASE level WHEN 0 THEN length(fingerprints) = length(hashes) / 32 * 44 ELSE fingerprints IS NULL END)
);

COMMENT ON TABLE seal.tile IS 'Up to 256 hashes of one level of the tree (c2sp.org/tlog-tiles); those of level 0 are the events''';
COMMENT ON COLUMN seal.tile.hashes IS 'SHA-256, 32 bytes each, in the order of positions';
COMMENT ON COLUMN seal.tile.fingerprints IS 'Per event four bytes of the hash of each of its eleven columns: they tell which one was changed, and prove nothing';

-- random bytes: compressing them costs time and saves nothing
ALTER TABLE seal.tile ALTER COLUMN hashes SET STORAGE EXTERNAL;
ALTER TABLE seal.tile ALTER COLUMN fingerprints SET STORAGE EXTERNAL;

CREATE TABLE seal.checkpoint (
    size      bigint      PRIMARY KEY CHECK (size > 0),
    root      bytea       NOT NULL CHECK (length(root) = 32),
    note      text        NOT NULL,
    sealed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN seal.checkpoint.size IS 'Events sealed: positions 1 up to this';
COMMENT ON COLUMN seal.checkpoint.note IS 'Signed (c2sp.org/tlog-checkpoint), word for word as published';

CREATE TABLE seal.signing_key (
    verifier_key text        PRIMARY KEY,
    private_key  bytea       NOT NULL,
    created_at   timestamptz NOT NULL DEFAULT clock_timestamp()
);

COMMENT ON COLUMN seal.signing_key.verifier_key IS 'Public: name, id and Ed25519 key (c2sp.org/signed-note)';
COMMENT ON COLUMN seal.signing_key.private_key IS 'PKCS#8, AES-256-GCM under the master key: nonce, ciphertext, tag';

CREATE FUNCTION seal.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'seal.% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE FUNCTION seal.refuse_shrinking() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.level <> OLD.level OR NEW.index <> OLD.index
        OR substring(NEW.hashes FOR length(OLD.hashes)) <> OLD.hashes
        OR substring(NEW.fingerprints FOR length(OLD.fingerprints)) <> OLD.fingerprints THEN
        RAISE EXCEPTION 'seal.tile only grows: tile % of level % refused', OLD.index, OLD.level;
    END IF;
    RETURN NEW;
END
$$;

CREATE TRIGGER only_growing BEFORE UPDATE ON seal.tile
    FOR EACH ROW EXECUTE FUNCTION seal.refuse_shrinking();
CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON seal.tile
    FOR EACH STATEMENT EXECUTE FUNCTION seal.refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal.checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION seal.refuse_rewriting();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON seal.signing_key
    FOR EACH STATEMENT EXECUTE FUNCTION seal.refuse_rewriting();

GRANT USAGE ON SCHEMA seal TO "${commandRole}", "${queryRole}";
GRANT SELECT, INSERT ON seal.tile, seal.checkpoint, seal.signing_key TO "${commandRole}";
GRANT UPDATE (hashes, fingerprints) ON seal.tile TO "${commandRole}";
GRANT SELECT ON seal.tile, seal.checkpoint TO "${queryRole}";
GRANT SELECT (verifier_key, created_at) ON seal.signing_key TO "${queryRole}";

-- An installation from before there were auditors of the database may not have the role; docs/how-to/verify-the-log.md
-- says how to make it later.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${auditorRole}') THEN
        EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), '${auditorRole}');
        GRANT USAGE ON SCHEMA event_store, seal TO "${auditorRole}";
        GRANT SELECT ON event_store.domain_event, event_store.head, seal.tile, seal.checkpoint TO "${auditorRole}";
        GRANT SELECT (verifier_key, created_at) ON seal.signing_key TO "${auditorRole}";
    END IF;
END
$$;
