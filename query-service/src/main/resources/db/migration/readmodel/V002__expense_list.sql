-- Every expense with its whole content, the deleted ones too (the bin), and the sums that a filter can be served from.

CREATE TABLE expense_list_item (
    expense_id    uuid        PRIMARY KEY,
    owner_id      uuid        NOT NULL,
    sequence      bigint      NOT NULL,
    deleted       boolean     NOT NULL,
    spent_on      date        NOT NULL,
    spent_at      time,
    zone          text,
    amount        numeric     NOT NULL,
    currency      text        NOT NULL,
    tax           numeric,
    tip           numeric,
    meal_type     text        NOT NULL,
    order_type    text,
    party_size    integer,
    category_id   uuid,
    restaurant_id uuid,
    place         text,
    tags          text[]      NOT NULL,
    purpose       text,
    attendees     text[]      NOT NULL,
    notes         text,
    recorded_at   timestamptz NOT NULL,
    amended_at    timestamptz,
    deleted_at    timestamptz,
    place_key     text COLLATE "C" NOT NULL,
    search_text   text COLLATE "C" NOT NULL
);

COMMENT ON COLUMN expense_list_item.sequence IS 'Of the last event in the row; guards against duplicates';
COMMENT ON COLUMN expense_list_item.place_key IS 'The place without case and accents, empty where there is none';
COMMENT ON COLUMN expense_list_item.search_text IS 'Place, notes and purpose, one a line, without case and accents';

CREATE INDEX expense_list_item_day ON expense_list_item (owner_id, spent_on, expense_id) WHERE NOT deleted;
CREATE INDEX expense_list_item_bin ON expense_list_item (owner_id, spent_on, expense_id) WHERE deleted;
CREATE INDEX expense_list_item_amount ON expense_list_item (owner_id, currency, amount, expense_id) WHERE NOT deleted;
CREATE INDEX expense_list_item_place ON expense_list_item (owner_id, (place_key = ''), place_key, expense_id)
    WHERE NOT deleted;
CREATE INDEX expense_list_item_everybody ON expense_list_item (spent_on, expense_id) WHERE NOT deleted;

CREATE TABLE expense_list_total (
    owner_id    uuid    NOT NULL,
    spent_on    date    NOT NULL,
    category_id uuid,
    meal_type   text    NOT NULL,
    currency    text    NOT NULL,
    amount      numeric NOT NULL,
    count       bigint  NOT NULL,
    UNIQUE NULLS NOT DISTINCT (owner_id, spent_on, category_id, meal_type, currency)
);

-- The names that an export shows; a read model reads no other one's tables.
CREATE TABLE expense_list_category (
    category_id uuid   PRIMARY KEY,
    owner_id    uuid   NOT NULL,
    sequence    bigint NOT NULL,
    name        text   NOT NULL
);
