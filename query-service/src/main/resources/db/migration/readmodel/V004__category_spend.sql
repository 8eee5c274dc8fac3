CREATE TABLE category_spend_line (
    expense_id  uuid    PRIMARY KEY,
    owner_id    uuid    NOT NULL,
    sequence    bigint  NOT NULL,
    deleted     boolean NOT NULL,
    spent_on    date    NOT NULL,
    category_id uuid,
    meal_type   text    NOT NULL,
    currency    text    NOT NULL,
    amount      numeric NOT NULL
);

CREATE TABLE category_spend_total (
    owner_id    uuid    NOT NULL,
    spent_on    date    NOT NULL,
    category_id uuid,
    meal_type   text    NOT NULL,
    currency    text    NOT NULL,
    amount      numeric NOT NULL,
    count       bigint  NOT NULL,
    UNIQUE NULLS NOT DISTINCT (owner_id, spent_on, category_id, meal_type, currency)
);

-- The report's own copy of what a category looks like.
CREATE TABLE category_spend_category (
    category_id uuid   PRIMARY KEY,
    owner_id    uuid   NOT NULL,
    sequence    bigint NOT NULL,
    name        text   NOT NULL,
    colour      text   NOT NULL,
    icon        text   NOT NULL
);
