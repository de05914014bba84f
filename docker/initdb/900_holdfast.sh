#!/usr/bin/env bash
# Runs once, in an empty database, after the image's own 000_install_timescaledb.sh and 001_timescaledb_tune.sh:
# the schema in the order of its numbers, then the roles' passwords. A database that exists already is brought
# forward by the migrator instead.
#
# The entrypoint executes an executable script and sources any other (a checkout without file modes); the
# parentheses keep the settings and the exit inside either way.
(
  set -euo pipefail

  init_dir="${HOLDFAST_INIT_DIR:-/holdfast/init}"
  roles_dir="${HOLDFAST_ROLES_DIR:-/holdfast/roles}"

  shopt -s nullglob
  files=("$init_dir"/[0-9]*.sql)
  if ((${#files[@]} == 0)); then
    echo "900_holdfast.sh: no numbered .sql file in $init_dir: mount timescale/init there" >&2
    exit 1
  fi

  # The glob sorts by the collation of the locale; the numbers are to decide, as they do for the migrator.
  mapfile -t files < <(printf '%s\n' "${files[@]}" | LC_ALL=C sort)

  for file in "${files[@]}"; do
    echo "900_holdfast.sh: ${file##*/}"
    PGOPTIONS="-c client_min_messages=warning" psql --no-psqlrc --quiet --output /dev/null \
      --set ON_ERROR_STOP=1 --single-transaction \
      --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --file "$file"
  done

  bash "$roles_dir/set-passwords.sh"
)
