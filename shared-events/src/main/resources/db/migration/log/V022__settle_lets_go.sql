-- Whoever settles a moment inside a transaction keeps the head row until that ends. It is not for the caller to keep
-- appends waiting: the server ends the transaction, or what it goes on to do, after two seconds.

CREATE OR REPLACE FUNCTION event_store.settle(moment timestamptz) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp SET lock_timeout = '3s' AS $$
BEGIN
    UPDATE event_store.head
       SET at = greatest(at, clock_timestamp(), moment + interval '1 microsecond')
     WHERE at <= moment AND moment <= greatest(at, clock_timestamp());
    IF FOUND THEN
        PERFORM set_config('idle_in_transaction_session_timeout', '2s', true);
        PERFORM set_config('statement_timeout', '2s', true);
    END IF;
    RETURN (SELECT at > moment FROM event_store.head);
END
$$;
