-- Every state that expenses and categories ever had, one row per event: it holds from the position of its event until
-- that of the next one. What was known at a position are the rows with from_position <= it < until_position.

CREATE TABLE expense_version (
    expense_id     uuid        NOT NULL,
    owner_id       uuid        NOT NULL,
    sequence       bigint      NOT NULL,
    deleted        boolean     NOT NULL,
    spent_on       date        NOT NULL,
    spent_at       time,
    zone           text,
    amount         numeric     NOT NULL,
    currency       text        NOT NULL,
    tax            numeric,
    tip            numeric,
    meal_type      text        NOT NULL,
    order_type     text,
    party_size     integer,
    category_id    uuid,
    restaurant_id  uuid,
    place          text,
    tags           text[]      NOT NULL,
    purpose        text,
    attendees      text[]      NOT NULL,
    notes          text,
    recorded_at    timestamptz NOT NULL,
    amended_at     timestamptz,
    deleted_at     timestamptz,
    place_key      text COLLATE "C" NOT NULL,
    search_text    text COLLATE "C" NOT NULL,
    event          text        NOT NULL,
    at             timestamptz NOT NULL,
    actor_id       text,
    reason         text,
    from_position  bigint      NOT NULL,
    until_position bigint      NOT NULL CHECK (until_position > from_position),
    PRIMARY KEY (expense_id, from_position)
);

COMMENT ON COLUMN expense_version.event IS 'What made the row, by its logical name; at, actor_id and reason are that event''s too';
COMMENT ON COLUMN expense_version.until_position IS 'Position of the expense''s next event, exclusive; 9223372036854775807 while there is none';

CREATE INDEX expense_version_day ON expense_version (owner_id, spent_on, expense_id, from_position, until_position)
    WHERE NOT deleted;
CREATE INDEX expense_version_bin ON expense_version (owner_id, spent_on, expense_id, from_position, until_position)
    WHERE deleted;
CREATE INDEX expense_version_everybody ON expense_version (spent_on, expense_id, from_position, until_position)
    WHERE NOT deleted;

-- What a month summed up to after every position that changed it.
CREATE TABLE expense_version_month_total (
    owner_id uuid    NOT NULL,
    month    date    NOT NULL,
    currency text    NOT NULL,
    position bigint  NOT NULL,
    amount   numeric NOT NULL,
    count    bigint  NOT NULL,
    is_first boolean NOT NULL,
    PRIMARY KEY (owner_id, month, currency, position)
);

COMMENT ON COLUMN expense_version_month_total.month IS 'First day of the month of spentOn as entered';
COMMENT ON COLUMN expense_version_month_total.is_first IS 'Whether it is the first of its owner, month and currency: these tell which there are';

CREATE UNIQUE INDEX expense_version_month_total_first ON expense_version_month_total (owner_id, month, currency)
    INCLUDE (position) WHERE is_first;

CREATE TABLE category_version (
    category_id    uuid    NOT NULL,
    owner_id       uuid    NOT NULL,
    sequence       bigint  NOT NULL,
    name           text    NOT NULL,
    colour         text    NOT NULL,
    icon           text    NOT NULL,
    archived       boolean NOT NULL,
    from_position  bigint  NOT NULL,
    until_position bigint  NOT NULL CHECK (until_position > from_position),
    PRIMARY KEY (category_id, from_position)
);

CREATE INDEX category_version_owner ON category_version (owner_id);
