#!/usr/bin/env bash
# postgres.sh PORT: a PostgreSQL of its own on 127.0.0.1:PORT, user "postgres", no password, database "latchkey", as durable as it
# comes. Prints "ready" once it answers. A line "stop" on standard input stops it as "pg_ctl stop -m fast" does ("stopped"), "start"
# starts it again ("ready"). It lives until standard input ends, and leaves nothing behind.
set -euo pipefail

readonly port=$1
server=

newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
[ -x "$newest" ] || newest=$(command -v postgres) || { echo "PostgreSQL's server is not installed" >&2; exit 1; }
bin=$(dirname "$(readlink -f "$newest")")

dir=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-postgres.XXXXXX")
finish() {
    local code=$?
    trap - EXIT
    set +e
    [ -n "$server" ] && kill -QUIT "$server" 2>/dev/null
    wait
    rm -rf "$dir"
    exit "$code"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

# It refuses to run as root. setpriv becomes the server, so that the process started here is the server itself.
as_owner=()
if [ "$(id -u)" -eq 0 ]; then
    chown postgres "$dir"
    as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
fi

start() {
    "${as_owner[@]}" "$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" \
        -c max_connections=300 </dev/null >>"$dir/log" 2>&1 &
    server=$!
    until "$bin/pg_isready" --quiet --host="$dir" --port="$port"; do
        kill -0 "$server" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
        sleep 0.05
    done
}

cd "$dir"
"${as_owner[@]}" "$bin/initdb" --pgdata="$dir/data" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 \
    >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
start
"$bin/createdb" --host="$dir" --port="$port" --username=postgres latchkey
echo ready

while read -r order; do
    case $order in
        stop)
            "${as_owner[@]}" "$bin/pg_ctl" stop -D "$dir/data" -m fast -w >>"$dir/log" 2>&1
            wait "$server" || true
            server=
            echo stopped
            ;;
        start)
            start
            echo ready
            ;;
    esac
done
