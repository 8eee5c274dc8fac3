-- A copy is analyzed for the columns that its indexes are chosen by, from a quarter of the usual sample. All of it costs
-- more than the indexes do, and autovacuum does it within minutes: analyzing some columns leaves a table due.

CREATE OR REPLACE FUNCTION index_generation(generation bigint, name text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET default_statistics_target = 25 AS $$
DECLARE
    target  text := 'read_model_' || generation;
    made    record;
    indexed text;
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
    SELECT string_agg(DISTINCT quote_ident(a.attname), ', ') INTO indexed
      FROM pg_index i
      JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum > 0
     WHERE i.indrelid = format('read_model.%I', name)::regclass
       AND (a.attnum = ANY (i.indkey::int2[])
            OR EXISTS (SELECT FROM pg_depend d
                        WHERE d.classid = 'pg_class'::regclass AND d.objid = i.indexrelid
                          AND d.refclassid = 'pg_class'::regclass AND d.refobjid = i.indrelid
                          AND d.refobjsubid = a.attnum));
    EXECUTE format('ANALYZE %I.%I (%s)', target, name, indexed);
END
$$;
