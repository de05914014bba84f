#!/usr/bin/env bash
# Dumps a Holdfast database into a file, as of one moment; processors may run meanwhile.
#   PGHOST=db.example PGUSER=postgres PGDATABASE=holdfast bash timescale/backup/dump.sh /backup/holdfast.dump
#
# Where the database is, libpq's own variables say (PGHOST, PGPORT, PGUSER, PGDATABASE, PGPASSWORD or PGPASSFILE), so that
# no password stands in a process list. Needs pg_dump and psql, of the server's major version or newer. Beside the file
# comes one ending in .versions, for restore.sh.
set -euo pipefail

if (($# != 1)); then
  echo "dump.sh: name the file to write: bash timescale/backup/dump.sh /backup/holdfast.dump" >&2
  exit 2
fi
file=$1

ask() { psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 --command "$1"; }

# Written beside its place and renamed: a dump that broke off is never taken for one. First, for an upgrade of the extension
# between the two would be found out by restore.sh.
ask "SELECT 'timescaledb=' || extversion FROM pg_extension WHERE extname = 'timescaledb'
     UNION ALL SELECT 'schema=' || name FROM (SELECT name FROM schema_migrations ORDER BY id DESC LIMIT 1) AS newest" \
  > "$file.versions.part"
# It warns that TimescaleDB's catalogue has circular foreign keys; timescaledb_pre_restore() sees to those.
pg_dump --format=custom --file="$file.part"
mv "$file.versions.part" "$file.versions"
mv "$file.part" "$file"
echo "dumped into $file ($(tr '\n' ' ' < "$file.versions" | sed 's/ $//'))"
