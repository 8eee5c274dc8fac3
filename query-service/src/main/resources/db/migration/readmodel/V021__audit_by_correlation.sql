-- Auditors follow a conversation across requests. Nothing but the filter needs it, so it is an index and no column.

SELECT on_every_generation('audit_trail_entry',
    'CREATE INDEX audit_trail_entry_correlation ON %s ((metadata ->> ''correlationId''), position)');
