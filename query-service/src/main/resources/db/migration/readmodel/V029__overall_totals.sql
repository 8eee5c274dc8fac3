-- What all owners together came to after every position, beside what each of them did: whoever asks for everybody's past
-- looks into one row a month instead of one for every owner. A row that knows it not, because it was written before there
-- was this column or by a release that has none, is added up when it is asked for; a rebuild fills it in.

SELECT on_every_generation('expense_version_month_total',
    'ALTER TABLE %s ADD COLUMN overall_amount numeric, ADD COLUMN overall_count bigint');

SELECT on_every_generation('expense_version_month_total',
    'CREATE INDEX expense_version_month_total_overall ON %s (month, currency, position)');

COMMENT ON COLUMN expense_version_month_total.overall_amount IS 'Of the month and currency of all owners; unknown where absent';
COMMENT ON COLUMN expense_version_month_total.overall_count IS 'Of the month and currency of all owners; unknown where absent';
