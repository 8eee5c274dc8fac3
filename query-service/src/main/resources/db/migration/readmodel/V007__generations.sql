-- Copies of read models beside the live ones. Generation 0 stands in read_model and is the pattern for the others;
-- generation n stands in read_model_<n>. The token's row says which one is live: readers look it up, a swap changes it.

ALTER TABLE projection_token
    ADD COLUMN generation bigint NOT NULL DEFAULT 0 CHECK (generation >= 0),
    ADD COLUMN schema text NOT NULL
        GENERATED ALWAYS AS (CASE generation WHEN 0 THEN 'read_model' ELSE 'read_model_' || generation END) STORED;

COMMENT ON COLUMN projection_token.generation IS 'Whose rows position speaks of; <projection>@<generation> is being built';

CREATE SEQUENCE generation;
GRANT USAGE ON SEQUENCE generation TO "${queryRole}";

-- Tables that no projection uses any more; dropped once every reader that may have looked them up is done.
CREATE TABLE retired_table (
    generation bigint      NOT NULL,
    table_name text        NOT NULL,
    retired_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    PRIMARY KEY (generation, table_name)
);

-- Run time has no right to make tables; these few statements, run as the owner, are all it needs.

CREATE FUNCTION create_generation(generation bigint, row_tables text[], total_tables text[]) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := 'read_model_' || generation;
    name   text;
BEGIN
    IF generation < 1 OR EXISTS (SELECT FROM read_model.projection_token t WHERE t.schema = target
                                     AND t.projection NOT LIKE '%@%') THEN
        RAISE EXCEPTION 'generation % is live', generation;
    END IF;
    EXECUTE format('DROP SCHEMA IF EXISTS %I CASCADE', target);
    EXECUTE format('CREATE SCHEMA %I', target);
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO %I', target, '${queryRole}');
    FOREACH name IN ARRAY row_tables || total_tables LOOP
        EXECUTE format('CREATE TABLE %I.%I (LIKE read_model.%I INCLUDING ALL EXCLUDING INDEXES)', target, name, name);
    END LOOP;
    -- what chunks add to the totals, summed up in the end
    FOREACH name IN ARRAY total_tables LOOP
        EXECUTE format('CREATE TABLE %I.%I (LIKE read_model.%I)', target, name || '_partial', name);
    END LOOP;
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON ALL TABLES IN SCHEMA %I TO %I',
        target, '${queryRole}');
END
$$;

-- Gives a filled table the indexes and constraints of its pattern; those it has already are left alone.
CREATE FUNCTION index_generation(generation bigint, name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := 'read_model_' || generation;
    made   record;
BEGIN
    FOR made IN
        SELECT x.relname, c.conname, pg_get_constraintdef(c.oid) AS as_constraint,
               replace(pg_get_indexdef(i.indexrelid), ' ON read_model.', format(' ON %I.', target)) AS as_index
          FROM pg_index i
          JOIN pg_class x ON x.oid = i.indexrelid
          LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid AND c.contype IN ('p', 'u', 'x')
         WHERE i.indrelid = format('read_model.%I', name)::regclass
         ORDER BY i.indisprimary DESC, x.relname
    LOOP
        IF to_regclass(format('%I.%I', target, made.relname)) IS NULL THEN
            IF made.conname IS NULL THEN
                EXECUTE made.as_index;
            ELSE
                EXECUTE format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s', target, name, made.conname,
                    made.as_constraint);
            END IF;
        END IF;
    END LOOP;
    EXECUTE format('DROP TABLE IF EXISTS %I.%I', target, name || '_partial');
    EXECUTE format('ANALYZE %I.%I', target, name);
END
$$;

-- The pattern is emptied, other generations lose the table, and the schema with its last one.
CREATE FUNCTION drop_retired(generation bigint, name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    target text := 'read_model_' || generation;
BEGIN
    IF generation = 0 THEN
        EXECUTE format('TRUNCATE read_model.%I', name);
        RETURN;
    END IF;
    EXECUTE format('DROP TABLE IF EXISTS %I.%I, %I.%I', target, name, target, name || '_partial');
    IF NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = to_regnamespace(target) AND c.relkind = 'r') THEN
        EXECUTE format('DROP SCHEMA IF EXISTS %I', target);
    END IF;
END
$$;

-- For migrations that change a table: %s stands for it, in every generation that has it.
CREATE FUNCTION on_every_generation(name text, statement text) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    place text;
BEGIN
    FOR place IN
        SELECT format('%I.%I', n.nspname, c.relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relname = name AND c.relkind = 'r' AND n.nspname ~ '^read_model(_[0-9]+)?$'
    LOOP
        EXECUTE format(statement, place);
    END LOOP;
END
$$;

REVOKE ALL ON FUNCTION create_generation(bigint, text[], text[]), index_generation(bigint, text),
    drop_retired(bigint, text), on_every_generation(text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION create_generation(bigint, text[], text[]), index_generation(bigint, text),
    drop_retired(bigint, text) TO "${queryRole}";
