#!/usr/bin/env bash
# Restores a dump of dump.sh into an empty database that exists already.
#   createdb holdfast && PGUSER=postgres PGDATABASE=holdfast bash timescale/backup/restore.sh /backup/holdfast.dump
#
# As a superuser, for the extension. Needs pg_restore and psql, and TimescaleDB in the version of the dump. The roles of
# Holdfast are made where they are missing, without passwords: give them some with timescale/roles/set-passwords.sh.
set -euo pipefail

if (($# != 1)); then
  echo "restore.sh: name the file to restore: bash timescale/backup/restore.sh /backup/holdfast.dump" >&2
  exit 2
fi
file=$1
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

for needed in "$file" "$file.versions"; do
  if [[ ! -r "$needed" ]]; then
    echo "restore.sh: $needed cannot be read" >&2
    exit 1
  fi
done
version=$(sed -n 's/^timescaledb=//p' "$file.versions")
if [[ ! "$version" =~ ^[0-9A-Za-z.-]+$ ]]; then
  echo "restore.sh: $file.versions does not say which TimescaleDB the dump is of" >&2
  exit 1
fi

ask() { psql --no-psqlrc --quiet --no-align --tuples-only --set ON_ERROR_STOP=1 "$@"; }

if [[ $(ask --command "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'") != 0 ]]; then
  echo "restore.sh: the database ${PGDATABASE:-} is not empty: create a new one, and restore into that" >&2
  exit 1
fi
installed=$(ask --command "SELECT extversion FROM pg_extension WHERE extname = 'timescaledb'")
if [[ -n "$installed" && "$installed" != "$version" ]]; then
  echo "restore.sh: the dump is of TimescaleDB $version, and this database has $installed: create it with that version" >&2
  exit 1
fi
if ! ask --command "SET client_min_messages = error; CREATE EXTENSION IF NOT EXISTS timescaledb VERSION '$version'"; then
  echo "restore.sh: the dump is of TimescaleDB $version: install that version, restore, then update the extension" >&2
  exit 1
fi

ask --file "$here/../init/0002_roles.sql"
ask --command 'SELECT timescaledb_pre_restore()' > /dev/null
# Not with --jobs: TimescaleDB's catalogue has to be there before its chunks.
pg_restore --exit-on-error --dbname="${PGDATABASE:?name the database to restore into}" "$file"
ask --command 'SELECT timescaledb_post_restore()' > /dev/null
ask --command 'ANALYZE'
echo "restored $file ($(tr '\n' ' ' < "$file.versions" | sed 's/ $//'))"
