-- The access log of the read side (read_model V022), for auditors' reads of this side. Where both sides share a database
-- it is one table, whoever comes first; elsewhere each has its own, of the same shape.

CREATE SCHEMA IF NOT EXISTS audit;

CREATE TABLE IF NOT EXISTS audit.access_log (
    entry      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL DEFAULT clock_timestamp(),
    account_id uuid        NOT NULL,
    roles      text        NOT NULL,
    client     text        NOT NULL,
    route      text        NOT NULL,
    path       text        NOT NULL,
    filter     json        NOT NULL,
    trace_id   text        NOT NULL
);

COMMENT ON TABLE audit.access_log IS 'Reads by auditors and of the audit pages; written before the answer';
COMMENT ON COLUMN audit.access_log.roles IS 'Held at that moment, in alphabetical order, comma separated';
COMMENT ON COLUMN audit.access_log.route IS 'The operation, as the OpenAPI document spells its path';
COMMENT ON COLUMN audit.access_log.filter IS 'Parameters as they were sent, by name';
COMMENT ON COLUMN audit.access_log.trace_id IS 'X-Request-Id of the answer, also in the logs';

CREATE OR REPLACE FUNCTION audit.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit.% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.access_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_rewriting();

GRANT USAGE ON SCHEMA audit TO "${commandRole}";
GRANT INSERT (account_id, roles, client, route, path, filter, trace_id) ON audit.access_log TO "${commandRole}";
