#!/usr/bin/env bash
# postgres.sh PORT: a PostgreSQL of its own on 127.0.0.1:PORT, user "postgres", no password.
# Prints "ready" once it answers. It lives until standard input ends, however whoever started it came to an end, and leaves
# nothing behind. What it stores is thrown away, so it never waits for the disk.
set -euo pipefail

readonly port=$1
server=
reader=

newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
[ -x "$newest" ] || newest=$(command -v postgres) || { echo "PostgreSQL's server is not installed" >&2; exit 1; }
bin=$(dirname "$(readlink -f "$newest")")

dir=$(mktemp -d "${TMPDIR:-/tmp}/latchkey-postgres.XXXXXX")
finish() {
    local code=$?
    trap - EXIT
    set +e
    [ -n "$reader" ] && kill "$reader" 2>/dev/null
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

# English order of words, as on many servers: what rests on the order of bytes is to say so itself.
cd "$dir"
"${as_owner[@]}" "$bin/initdb" --pgdata="$dir/data" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8 \
    --locale-provider=icu --icu-locale=en --no-sync >"$dir/log" 2>&1 || { cat "$dir/log" >&2; exit 1; }
"${as_owner[@]}" "$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 -c unix_socket_directories="$dir" \
    -c max_connections=500 -c fsync=off -c full_page_writes=off -c autovacuum_naptime=10min -c max_wal_size=4GB \
    </dev/null >>"$dir/log" 2>&1 &
server=$!

# Asked through its own socket, which is made after the port was taken: whatever else may listen there does not answer.
until "$bin/pg_isready" --quiet --host="$dir" --port="$port"; do
    kill -0 "$server" 2>/dev/null || { cat "$dir/log" >&2; exit 1; }
    sleep 0.05
done
echo ready
cat <&0 >/dev/null & # in the background, so that a signal is heeded at once
reader=$!
wait "$reader"
