-- Makes sure that nothing will be recorded at or before a moment any more, for whoever asks what was known then. An
-- append that is under way has read the clock and holds the head row: it is waited for. One that comes later finds the
-- head's time past the moment, even if it read the clock before. What is not yet is refused, so nobody can move the
-- log's clock ahead of the server's.

CREATE FUNCTION event_store.settle(moment timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '3s' AS $$
BEGIN
    UPDATE event_store.head
       SET at = greatest(at, clock_timestamp(), moment + interval '1 microsecond')
     WHERE at <= moment AND moment <= greatest(at, clock_timestamp());
    RETURN (SELECT at > moment FROM event_store.head);
END
$$;

COMMENT ON FUNCTION event_store.settle(timestamptz) IS 'Whether nothing can be recorded at or before the moment any more; waits for an append that is under way';

REVOKE ALL ON FUNCTION event_store.settle(timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION event_store.settle(timestamptz) TO "${queryRole}";
