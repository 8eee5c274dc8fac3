-- Sums of whole months beside those of days, categories and meal types: a list without dates, or with years of them,
-- adds up a few rows a month however many expenses there are.

CREATE TABLE expense_list_month_total (
    owner_id uuid    NOT NULL,
    month    date    NOT NULL,
    currency text    NOT NULL,
    amount   numeric NOT NULL,
    count    bigint  NOT NULL,
    PRIMARY KEY (owner_id, month, currency)
);

COMMENT ON COLUMN expense_list_month_total.month IS 'First day of the month of spentOn as entered';

-- In every generation that has the list, one that is still being filled included. Nobody else writes these tables while
-- the tokens are held.
SELECT 1 FROM projection_token WHERE projection = 'expense-list' OR projection LIKE 'expense-list@%' FOR UPDATE;

DO $$
DECLARE
    place text;
    part  text;
BEGIN
    FOR place IN
        SELECT n.nspname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE c.relname = 'expense_list_total' AND c.relkind = 'r' AND n.nspname ~ '^read_model(_[0-9]+)?$'
    LOOP
        FOREACH part IN ARRAY ARRAY['', '_partial'] LOOP
            CONTINUE WHEN to_regclass(format('%I.%I', place, 'expense_list_total' || part)) IS NULL;
            EXECUTE format('CREATE TABLE IF NOT EXISTS %I.%I (LIKE read_model.expense_list_month_total%s)',
                place, 'expense_list_month_total' || part, CASE part WHEN '' THEN ' INCLUDING ALL' ELSE '' END);
            EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE, TRUNCATE ON %I.%I TO %I',
                place, 'expense_list_month_total' || part, '${queryRole}');
            EXECUTE format('INSERT INTO %I.%I SELECT owner_id, date_trunc(''month'', spent_on)::date, currency,'
                ' sum(amount), sum(count) FROM %I.%I GROUP BY 1, 2, 3',
                place, 'expense_list_month_total' || part, place, 'expense_list_total' || part);
        END LOOP;
    END LOOP;
END
$$;
