-- Whoever verifies the log may hold the read models against it: the auditors' role reads whatever is live, and nothing of
-- it can be changed by it. Copies that are still being filled are nobody's business.

CREATE FUNCTION let_auditors_read() RETURNS void LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place text;
BEGIN
    -- An installation may not have the role; docs/how-to/verify-the-log.md says how to make it later.
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${auditorRole}') THEN
        RETURN;
    END IF;
    FOR place IN
        SELECT n.nspname FROM pg_namespace n
         WHERE n.nspname = 'read_model' OR n.nspname IN (SELECT t.schema FROM read_model.projection_token t
                                                          WHERE t.projection NOT LIKE '%@%')
    LOOP
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', place, '${auditorRole}');
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', place, '${auditorRole}');
    END LOOP;
    EXECUTE format('ALTER DEFAULT PRIVILEGES IN SCHEMA read_model GRANT SELECT ON TABLES TO %I', '${auditorRole}');
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO %I', current_database(), '${auditorRole}');
END
$$;

COMMENT ON FUNCTION let_auditors_read() IS 'For the owner of the schema, where the role was made later than the tables';

SELECT let_auditors_read();

-- Which schema is live changes with the token alone.
CREATE FUNCTION let_auditors_read_live() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = '${auditorRole}') THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', NEW.schema, '${auditorRole}');
        EXECUTE format('GRANT SELECT ON ALL TABLES IN SCHEMA %I TO %I', NEW.schema, '${auditorRole}');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER let_auditors_read AFTER UPDATE OF generation ON projection_token
    FOR EACH ROW WHEN (OLD.generation <> NEW.generation) EXECUTE FUNCTION let_auditors_read_live();

REVOKE ALL ON FUNCTION let_auditors_read(), let_auditors_read_live() FROM PUBLIC;
