#!/bin/bash
# What the official image's entry script does of that which the chart uses.
set -e
export PGDATA=${PGDATA:-/var/lib/postgresql/18/docker}
if [ "$(id -u)" = 0 ]; then
    mkdir -p "$PGDATA" /var/run/postgresql
    chown -R 10999:10999 "$PGDATA" /var/run/postgresql
    exec setpriv --reuid=10999 --regid=10999 --clear-groups "$0" "$@"
fi
if [ ! -s "$PGDATA/PG_VERSION" ]; then
    initdb --username="${POSTGRES_USER:-postgres}" --pwfile=<(printf '%s\n' "$POSTGRES_PASSWORD") --auth=scram-sha-256 --auth-local=trust -D "$PGDATA"
    echo "host all all all scram-sha-256" >>"$PGDATA/pg_hba.conf"
    echo "unix_socket_directories = '/var/run/postgresql'" >>"$PGDATA/postgresql.conf"
    echo "listen_addresses = '*'" >>"$PGDATA/postgresql.conf"
    pg_ctl -D "$PGDATA" -w -o "-c listen_addresses=''" start
    psql -v ON_ERROR_STOP=1 -U "${POSTGRES_USER:-postgres}" -h /var/run/postgresql -d postgres -c "CREATE DATABASE \"$POSTGRES_DB\""
    for script in /docker-entrypoint-initdb.d/*.sh; do [ ! -f "$script" ] || PGHOST=/var/run/postgresql . "$script"; done
    pg_ctl -D "$PGDATA" -w -m fast stop
fi
exec "$@" -D "$PGDATA"
