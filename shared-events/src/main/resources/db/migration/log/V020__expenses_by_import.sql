-- Whoever undoes an import has to find what it brought, and the write side has no read model.
-- Only expenses that an import brought are in the index: it costs the others one look into their payload.

CREATE INDEX domain_event_import ON event_store.domain_event ((payload ->> 'importId'))
    WHERE name = 'MealExpenseRecorded' AND payload ->> 'importId' IS NOT NULL;
