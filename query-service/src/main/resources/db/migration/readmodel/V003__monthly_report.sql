CREATE TABLE monthly_report_line (
    expense_id uuid    PRIMARY KEY,
    owner_id   uuid    NOT NULL,
    sequence   bigint  NOT NULL,
    deleted    boolean NOT NULL,
    month      date    NOT NULL,
    currency   text    NOT NULL,
    amount     numeric NOT NULL
);

COMMENT ON COLUMN monthly_report_line.month IS 'First day of the month of spentOn as entered, never of an instant';

CREATE TABLE monthly_report_total (
    owner_id uuid    NOT NULL,
    month    date    NOT NULL,
    currency text    NOT NULL,
    amount   numeric NOT NULL,
    count    bigint  NOT NULL,
    PRIMARY KEY (owner_id, month, currency)
);
