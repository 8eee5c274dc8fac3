CREATE TABLE category_item (
    category_id uuid    PRIMARY KEY,
    owner_id    uuid    NOT NULL,
    sequence    bigint  NOT NULL,
    name        text    NOT NULL,
    colour      text    NOT NULL,
    icon        text    NOT NULL,
    archived    boolean NOT NULL
);

CREATE INDEX category_item_owner ON category_item (owner_id);
