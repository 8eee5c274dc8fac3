-- What files brought. Expenses are counted by themselves and not by the import's own event: an import that was cut
-- short before its end has none, and can be undone all the same.

CREATE TABLE import_item (
    import_id  uuid    PRIMARY KEY,
    owner_id   uuid    NOT NULL,
    sequence   bigint  NOT NULL,
    file_name  text,
    applied_at timestamptz,
    same       integer NOT NULL,
    refused    integer NOT NULL,
    undone     boolean NOT NULL,
    undone_at  timestamptz,
    deleted    integer NOT NULL,
    kept       integer NOT NULL
);

COMMENT ON COLUMN import_item.applied_at IS 'When the file was last read to its end, absent if it never was';
COMMENT ON COLUMN import_item.same IS 'Of the last reading, as refused is';
COMMENT ON COLUMN import_item.undone IS 'Whether the last thing that happened was its undoing';
COMMENT ON COLUMN import_item.deleted IS 'Expenses that its undoings deleted, in all';
COMMENT ON COLUMN import_item.kept IS 'Expenses that the last undoing left alone because they had been changed';

CREATE INDEX import_item_owner ON import_item (owner_id);

CREATE TABLE import_expense (
    expense_id  uuid        PRIMARY KEY,
    owner_id    uuid        NOT NULL,
    sequence    bigint      NOT NULL,
    import_id   uuid        NOT NULL,
    currency    text        NOT NULL,
    amount      numeric     NOT NULL,
    recorded_at timestamptz NOT NULL
);

COMMENT ON TABLE import_expense IS 'Expenses as an import recorded them; what happened to them since is not told here';

CREATE INDEX import_expense_import ON import_expense (import_id, recorded_at);

CREATE TABLE import_expense_total (
    owner_id  uuid    NOT NULL,
    import_id uuid    NOT NULL,
    currency  text    NOT NULL,
    amount    numeric NOT NULL,
    count     bigint  NOT NULL,
    PRIMARY KEY (owner_id, import_id, currency)
);
