#!/bin/sh
# Writes .env from .env.example with a random value for every secret that has to be set. Keeps an existing .env.
set -eu
umask 077
cd "$(dirname "$0")/.."

if [ -e .env ]; then
  echo '.env exists already and stays as it is; delete it first to get new passwords' >&2
  exit 1
fi

random_hex() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

while IFS= read -r line || [ -n "$line" ]; do
  case "$line" in
    POSTGRES_PASSWORD= | HOLDFAST_WRITER_PASSWORD= | HOLDFAST_BOT_PASSWORD= | GRAFANA_READER_PASSWORD= | \
      GRAFANA_ADMIN_PASSWORD= | ALERTMANAGER_WEBHOOK_TOKEN=)
      printf '%s%s\n' "$line" "$(random_hex)"
      ;;
    *) printf '%s\n' "$line" ;;
  esac
done <.env.example >.env.new
mv .env.new .env

echo 'wrote .env (readable by you only); Grafana: user admin, password GRAFANA_ADMIN_PASSWORD in that file'
