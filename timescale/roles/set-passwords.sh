#!/usr/bin/env bash
# Gives the roles of the schema their passwords, from the environment. Runs at the first start of the database and
# again whenever a password changes:
#   docker compose up -d timescaledb && docker compose exec timescaledb bash /holdfast/roles/set-passwords.sh
#
# The passwords reach psql through its environment, never its arguments (a process list shows those), and the
# session that sets them is kept out of the server's log and of pg_stat_activity.
set -euo pipefail

missing=()
for name in HOLDFAST_WRITER_PASSWORD HOLDFAST_BOT_PASSWORD GRAFANA_READER_PASSWORD; do
  if [[ -z "${!name:-}" ]]; then missing+=("$name"); fi
done
if ((${#missing[@]} > 0)); then
  echo "set-passwords.sh: set ${missing[*]}: there are no default passwords" >&2
  exit 1
fi

psql --no-psqlrc --quiet --set ON_ERROR_STOP=1 --set VERBOSITY=terse \
  --username "${POSTGRES_USER:-postgres}" --dbname "${POSTGRES_DB:-postgres}" <<'SQL'
SET log_statement = 'none';
SET log_min_duration_statement = -1;
SET log_duration = off;
SET log_min_error_statement = 'panic';
SET track_activities = off;
SET password_encryption = 'scram-sha-256';
\getenv writer_password HOLDFAST_WRITER_PASSWORD
\getenv bot_password HOLDFAST_BOT_PASSWORD
\getenv reader_password GRAFANA_READER_PASSWORD
BEGIN;
ALTER ROLE holdfast_writer LOGIN PASSWORD :'writer_password';
ALTER ROLE holdfast_bot LOGIN PASSWORD :'bot_password';
ALTER ROLE grafana_reader LOGIN PASSWORD :'reader_password';
COMMIT;
SQL

echo 'set-passwords.sh: holdfast_writer, holdfast_bot and grafana_reader have their passwords'
