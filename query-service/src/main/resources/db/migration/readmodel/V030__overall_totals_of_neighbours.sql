-- A release from before V029 does not know what all owners came to. Where it takes an event late, that is wrong in every row
-- behind: it is emptied, and added up when it is asked for. What such a release inserts is told by its empty columns; this
-- one fills them always, so its rows cost the look at one column.

CREATE FUNCTION forget_overall_behind() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    EXECUTE format('UPDATE %I.%I SET overall_amount = NULL, overall_count = NULL
                     WHERE month = $1 AND currency = $2 AND position > $3 AND overall_amount IS NOT NULL',
                   TG_TABLE_SCHEMA, TG_TABLE_NAME)
      USING NEW.month, NEW.currency, NEW.position;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION forget_overall_behind() IS 'Needed as long as a release from before V029 may run beside or after this one';

REVOKE ALL ON FUNCTION forget_overall_behind() FROM PUBLIC;

-- As before, and the triggers of its pattern too: while a copy is filled they would look for rows that have no index yet.
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
    FOR made IN
        SELECT replace(pg_get_triggerdef(t.oid), ' ON read_model.', format(' ON %I.', target)) AS as_trigger
          FROM pg_trigger t
         WHERE t.tgrelid = format('read_model.%I', name)::regclass AND NOT t.tgisinternal
           AND NOT EXISTS (SELECT FROM pg_trigger own
                            WHERE own.tgrelid = format('%I.%I', target, name)::regclass AND own.tgname = t.tgname)
    LOOP
        EXECUTE made.as_trigger;
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

-- No copy goes on to its indexes before this is over: it gets its trigger there, or here.
LOCK TABLE projection_rebuild IN SHARE MODE;

DO $$
DECLARE
    place text;
BEGIN
    FOR place IN
        SELECT format('%I.%I', n.nspname, c.relname)
          FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relname = 'expense_version_month_total' AND c.relkind = 'r' AND n.nspname ~ '^read_model(_[0-9]+)?$'
    LOOP
        EXECUTE format('LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE', place);
        IF EXISTS (SELECT FROM pg_index i WHERE i.indrelid = place::regclass AND i.indisprimary) THEN
            EXECUTE format('CREATE TRIGGER forget_overall_behind AFTER INSERT ON %s
                                FOR EACH ROW WHEN (NEW.overall_amount IS NULL)
                                EXECUTE FUNCTION read_model.forget_overall_behind()', place);
            -- what came late before there was the trigger cannot be told from what came in order
            EXECUTE format('UPDATE %1$s t SET overall_amount = NULL, overall_count = NULL
                              FROM (SELECT month, currency, min(position) AS position FROM %1$s
                                     WHERE overall_amount IS NULL GROUP BY month, currency) lacking
                             WHERE t.month = lacking.month AND t.currency = lacking.currency
                               AND t.position > lacking.position AND t.overall_amount IS NOT NULL', place);
        END IF;
    END LOOP;
END
$$;
