#!/bin/sh
# Run by the image of PostgreSQL when its volume is empty.
set -eu
psql -v ON_ERROR_STOP=1 --no-psqlrc -q -U postgres -d postgres \
  -v migrator_password="$MEALS_MIGRATOR_PASSWORD" -v command_password="$MEALS_COMMAND_DB_PASSWORD" \
  -v query_password="$MEALS_QUERY_DB_PASSWORD" -v auditor_password="$MEALS_AUDITOR_DB_PASSWORD" \
  -f /roles.sql
