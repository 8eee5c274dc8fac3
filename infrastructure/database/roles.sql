-- The product's roles and its empty database, for PostgreSQL 15 or newer. Run by psql as the server's administrator, connected
-- to the database postgres, once:
--
--   psql -v ON_ERROR_STOP=1 -v migrator_password=… -v command_password=… -v query_password=… -v auditor_password=… -f roles.sql
--
-- Nobody the product runs as owns anything: migrations log in as meals_migrator and become meals_owner, which cannot log in.
-- Without passwords the four roles that log in are there already; managed databases make them with secrets of their own.

CREATE ROLE meals_owner NOLOGIN;
\if :{?command_password}
CREATE ROLE meals_migrator LOGIN PASSWORD :'migrator_password';
CREATE ROLE meals_command  LOGIN PASSWORD :'command_password';
CREATE ROLE meals_query    LOGIN PASSWORD :'query_password';
CREATE ROLE meals_auditor  LOGIN PASSWORD :'auditor_password';
\endif
ALTER ROLE meals_migrator NOINHERIT;
GRANT meals_owner TO meals_migrator;

ALTER ROLE meals_migrator SET lock_timeout = '10s';
ALTER ROLE meals_command SET statement_timeout = '15s';
ALTER ROLE meals_command SET lock_timeout = '5s';
ALTER ROLE meals_command SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE meals_query SET statement_timeout = '60s';
ALTER ROLE meals_query SET lock_timeout = '5s';
ALTER ROLE meals_query SET idle_in_transaction_session_timeout = '60s';
ALTER ROLE meals_auditor SET default_transaction_read_only = on;
ALTER ROLE meals_auditor SET lock_timeout = '5s';

-- only a superuser may make a database for a role that it is no member of
SELECT NOT rolsuper AS managed FROM pg_roles WHERE rolname = current_user \gset
\if :managed
GRANT meals_owner TO CURRENT_USER;
\endif
CREATE DATABASE meals OWNER meals_owner;
REVOKE ALL ON DATABASE meals FROM PUBLIC;
GRANT CONNECT ON DATABASE meals TO meals_migrator, meals_command, meals_query, meals_auditor;
