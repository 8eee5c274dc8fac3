-- The write side has no read model, yet an import must know which categories its owner has.
-- Categories are few, so the index is small and costs appends of everything else nothing.

CREATE INDEX domain_event_category_owner ON event_store.domain_event ((payload ->> 'ownerId'))
    WHERE aggregate_type = 'Category';
