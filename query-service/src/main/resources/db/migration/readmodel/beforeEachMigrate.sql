-- Both sides make what is in the schema audit, whoever comes first: where they start together, one waits for the other.

SELECT pg_advisory_xact_lock(hashtextextended('audit', 0));
