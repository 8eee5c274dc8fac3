-- Who read what. No read model: nothing can make it again, so it is in a schema of its own and outlives read_model.

CREATE SCHEMA IF NOT EXISTS audit;
GRANT USAGE ON SCHEMA audit TO "${queryRole}";

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

CREATE INDEX IF NOT EXISTS access_log_account ON audit.access_log (account_id, entry);
CREATE INDEX IF NOT EXISTS access_log_at ON audit.access_log (at);
CREATE INDEX IF NOT EXISTS access_log_trace ON audit.access_log (trace_id);

GRANT SELECT ON audit.access_log TO "${queryRole}";
GRANT INSERT (account_id, roles, client, route, path, filter, trace_id) ON audit.access_log TO "${queryRole}";

-- Grants already withhold these from every role that can log in; this tells the owner too, loudly.
CREATE OR REPLACE FUNCTION audit.refuse_rewriting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'audit.% is append-only: % refused', TG_TABLE_NAME, TG_OP;
END
$$;

CREATE OR REPLACE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.access_log
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse_rewriting();
