# Sourced by the benchmarks: starts what is measured, loads it with wrk, and ends, by pid, only what it started.
# What is measured stands in variables named after a program: PORT_x, PID_x, PING_x (the ping address), API_x (a token).

set -uo pipefail
export LC_ALL=C DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false MSBUILDTERMINALLOGGER=off
readonly ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CONNECTIONS=${CONNECTIONS:-64}
# On a real disk: an answer costs an fdatasync, and in a memory file system that costs nothing.
readonly WORK=$(mktemp -d "${BENCH_DIR:-/var/tmp}/latchkey-bench.XXXXXX") || exit 1
readonly TENANT=bench ADMIN_TOKEN=made-for-benchmarks-and-known-to-all-the-world
LOAD=$ROOT/bench/sales.lua
STARTED=()
WRAP=()
RUN=0

die() { echo "bench: $*" >&2; exit 1; }
note() { [ -t 2 ] && echo "… $*" >&2; return 0; }

clean_up() {
    local code=$? pid all=()
    trap - EXIT
    for pid in "${STARTED[@]}"; do
        [ "$pid" != "${PID_postgres:-}" ] && kill -0 "$pid" 2>/dev/null && all+=($(children "$pid") "$pid")
    done
    for pid in "${all[@]}"; do kill -TERM "$pid" 2>/dev/null; done
    for pid in "${all[@]}"; do gone "$pid" || kill -KILL "$pid" 2>/dev/null; done
    if [ -n "${PID_postgres:-}" ]; then # last, and without waiting for whoever is still connected
        kill -INT "$PID_postgres" 2>/dev/null
        gone "$PID_postgres" || kill -QUIT "$PID_postgres" 2>/dev/null
    fi
    rm -rf "$WORK"
    exit "$code"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

children() { cat "/proc/$1/task/$1/children" 2>/dev/null; } # PID

need() { # COMMAND [PACKAGE]: installs the Debian package, of the same name if none is given, where the command is missing
    command -v "$1" >/dev/null && return
    local root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    { "${root[@]}" apt-get update -qq && "${root[@]}" apt-get install -y -qq --no-install-recommends "${2:-$1}"; } >"$WORK/apt.log" 2>&1 ||
        die "could not install ${2:-$1}"
}

now_us() { echo "${EPOCHREALTIME/./}"; }
median() { printf '%s\n' "$@" | sort -g | awk '{v[NR] = $1} END {print (NR % 2) ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2}'; }
calc() { awk "BEGIN {printf \"$1\", $2}"; } # FORMAT EXPRESSION

hardware() {
    printf '%s x %s, Linux %s, %s on %s, .NET %s\n' "$(nproc)" \
        "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)" "$(uname -r | cut -d- -f1)" \
        "$(stat -f -c %T "$WORK")" "$(df --output=source "$WORK" | tail -n 1)" "$(dotnet --version)"
}

publish() { # PROJECT FOLDER
    note "publishing $1"
    (cd "$ROOT" && dotnet publish "$1" -c Release -o "$WORK/$2" --artifacts-path "$WORK/build" --nologo -v quiet) >"$WORK/publish.log" 2>&1 ||
        { tail -n 20 "$WORK/publish.log" >&2; die "publishing $1 failed"; }
}

program_in() { # FOLDER: the assembly that starts
    local config
    config=$(ls "$WORK/$1"/*.runtimeconfig.json) || die "nothing to start in $1"
    echo "${config%.runtimeconfig.json}.dll"
}

free_port() {
    local port
    while :; do
        port=$((10000 + RANDOM % 20000)) # below those the system gives to connections
        (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
    done
}

gone() { # PID: waits until it has ended, at most 30 s
    local i
    for ((i = 0; i < 600; i++)); do
        kill -0 "$1" 2>/dev/null || return 0
        sleep 0.05
    done
    return 1
}

http() { # METHOD TOKEN URL [JSON]
    curl -sS --fail-with-body -m 60 -X "$1" -H "Authorization: Bearer $2" -H 'Content-Type: application/json' ${4:+-d "$4"} "$3" ||
        die "$1 ${3%%\?*} failed"
}

field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# Starts a published program, behind the command in WRAP if there is one, and waits until it is ready: READY_MS_NAME is how long that took.
start() { # NAME FOLDER [SETTING=VALUE]...
    local name=$1 program
    program=$(program_in "$2") || exit 1
    shift 2
    run "$name" "$@" dotnet "$program"
}

# The same for any command that listens to where ASPNETCORE_URLS or PORT says.
run() { # NAME [SETTING=VALUE]... COMMAND...
    local name=$1 port begun i
    shift
    port=$(free_port)
    begun=$(now_us)
    "${WRAP[@]}" env ASPNETCORE_URLS="http://127.0.0.1:$port" PORT="$port" Latchkey__DataDirectory="$WORK/data-$name" \
        Latchkey__AdminToken="$ADMIN_TOKEN" Logging__LogLevel__Default=Warning "$@" </dev/null >>"$WORK/$name.log" 2>&1 &
    declare -g "PID_$name=$!" "PORT_$name=$port"
    STARTED+=("$!")
    for ((i = 0; i < 3000; i++)); do
        if curl -sf -m 5 -o "$WORK/health" "http://127.0.0.1:$port/health/ready"; then
            declare -g "READY_MS_$name=$((($(now_us) - begun) / 1000))"
            return
        fi
        kill -0 "$!" 2>/dev/null || { tail -n 20 "$WORK/$name.log" >&2; die "$name ended while starting"; }
    done
    die "$name was not ready in time"
}

stop() { # NAME
    local pid=PID_$1
    kill -TERM "${!pid}" 2>/dev/null
    gone "${!pid}" || die "$1 does not stop"
}

seed() { # NAME: a tenant that sells what sales.lua buys
    local name=$1 port=PORT_$1 base made tenant ping api
    base=http://127.0.0.1:${!port}
    made=$(http POST "$ADMIN_TOKEN" "$base/v1/tenants" "{\"id\":\"$TENANT\",\"name\":\"Bench\"}") || exit 1
    ping=$(field ping_url <<<"$made")
    api=$(field api_token <<<"$made")
    [ -n "$ping" ] && [ -n "$api" ] || die "the tenant came without addresses"
    tenant=$base/v1/tenants/$TENANT
    http PUT "$api" "$tenant/products/studio" '{"name":"Studio","key_prefix":"ACME","key_source":"both"}' >/dev/null || exit 1
    http PUT "$api" "$tenant/products/studio/key-types/pro" '{"name":"Pro","activation_limit":3,"duration_days":null,"entitlements":["export","sync"],"tier":"pro","rank":20,"lease_days":7,"lease_grace_days":7,"billing_grace_days":3}' >/dev/null || exit 1
    http PUT "$api" "$tenant/rules" '{"rules":[{"gumroad_product":"kbdwiz","variant":"Pro","product":"studio","key_type":"pro"}]}' >/dev/null || exit 1
    declare -g "PATH_$name=/${ping#*://*/}" "API_$name=$api"
}

load() { # NAME SECONDS: sets REQUESTS SECONDS_TAKEN P50_US P99_US BAD
    local port=PORT_$1 path=PATH_$1 line
    RUN=$((RUN + 1))
    line=$(wrk -t2 -c"$CONNECTIONS" -d"$2s" --timeout 10s --latency -s "$LOAD" \
        "http://127.0.0.1:${!port}${!path}" -- "$(printf 'r%05d' "$RUN")" 2>&1 | tee "$WORK/wrk.log" | grep '^result ') ||
        { cat "$WORK/wrk.log" >&2; die "wrk failed"; }
    local _ status failed
    read -r _ REQUESTS SECONDS_TAKEN P50_US P99_US status failed <<<"$line"
    BAD=$((status + failed))
}

store() { # NAME COUNT [SECONDS]: at least so many sales, in bursts of so many seconds; sets STORED
    STORED=0
    while [ "$STORED" -lt "$2" ]; do
        load "$1" "${3:-1}"
        [ "$BAD" -eq 0 ] || die "$BAD sales were not stored"
        STORED=$((STORED + REQUESTS))
        note "$1: $STORED of $2 stored"
    done
}

has_none() { # NAME STATUS: no ping has that status
    local port=PORT_$1 api=API_$1
    http GET "${!api}" "http://127.0.0.1:${!port}/v1/tenants/$TENANT/pings?status=$2&limit=1" | grep -q '"data": *\[\]'
}

drain() { # NAME: waits until nothing is left to be folded; sets DRAIN_US
    local begun pid=PID_$1
    begun=$(now_us)
    until has_none "$1" received; do
        kill -0 "${!pid}" 2>/dev/null || die "$1 ended"
        [ $(($(now_us) - begun)) -lt 3600000000 ] || die "$1 does not get through its backlog"
        sleep 0.02
    done
    DRAIN_US=$(($(now_us) - begun))
    # Holding is quicker than folding, and is not what is measured.
    ! has_none "$1" applied && has_none "$1" held && has_none "$1" failed || die "$1 did not apply every sale"
}

rss_mb() { # NAME
    local pid=PID_$1
    awk '/^VmRSS/ {printf "%d", $2 / 1024}' "/proc/${!pid}/status"
}

# Stores at least COUNT sales while folding is paused, then starts again with folding: sets STORED and DRAIN_US.
# Folding begins a moment before the program reports that it is ready; over some seconds that does not show.
fold_backlog() { # NAME COUNT
    start "$1" server Latchkey__Measure__PauseFolding=true
    store "$1" "$2"
    ! has_none "$1" received || die "folding was not paused"
    stop "$1"
    start "$1" server
    drain "$1"
    stop "$1"
}

# A PostgreSQL of this run's own, on the disk that is measured: what it has committed is flushed. Sets PORT_postgres.
# Besides the memory and the room for its log, its settings are the ones it comes with.
# With FLUSH_US every flush takes so many microseconds more, as on disks that do not answer from a cache.
start_postgres() { # [SETTING=VALUE]...
    local newest bin dir=$WORK/postgres as_owner=() setting settings=() slower=() i
    newest=$(printf '%s\n' /usr/lib/postgresql/*/bin/postgres | sort -V | tail -n 1)
    [ -x "$newest" ] || newest=$(command -v postgres) || die "PostgreSQL's server is not installed; ./test installs it"
    bin=$(dirname "$(readlink -f "$newest")")
    mkdir "$dir"
    if [ "$(id -u)" -eq 0 ]; then # which it refuses to run as
        chmod 711 "$WORK"
        chown postgres "$dir"
        as_owner=(setpriv --reuid=postgres --regid=postgres --init-groups)
    fi
    for setting in shared_buffers=512MB max_wal_size=4GB max_connections=300 "$@"; do settings+=(-c "$setting"); done
    PORT_postgres=$(free_port)
    (
        cd "$dir" || exit 1
        "${as_owner[@]}" "$bin/initdb" --pgdata="$dir/data" --auth=trust --username=postgres --encoding=UTF8 --locale=C.UTF-8
    ) >"$WORK/postgres.log" 2>&1 || { cat "$WORK/postgres.log" >&2; die "initdb failed"; }
    if [ -n "${FLUSH_US:-}" ]; then
        need strace
        slower=(strace -f --seccomp-bpf -o /dev/null -e trace=fdatasync -e "inject=fdatasync:delay_enter=$FLUSH_US")
    fi
    "${as_owner[@]}" "${slower[@]}" "$bin/postgres" -D "$dir/data" -p "$PORT_postgres" -c listen_addresses=127.0.0.1 \
        -c unix_socket_directories="$dir" "${settings[@]}" </dev/null >>"$WORK/postgres.log" 2>&1 &
    PID_postgres=$!
    for ((i = 0; i < 600; i++)); do
        if "$bin/pg_isready" --quiet --host="$dir" --port="$PORT_postgres"; then
            PID_postgres=$(head -n 1 "$dir/data/postmaster.pid")
            return
        fi
        kill -0 "$PID_postgres" 2>/dev/null || break
        sleep 0.05
    done
    tail -n 20 "$WORK/postgres.log" >&2
    die "PostgreSQL did not start"
}

sql() { # DATABASE [ARGUMENT OF psql]...
    psql -X -q -A -t -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$PORT_postgres" -U postgres -d "$@" || die "a statement failed in $1"
}

database() { # NAME: makes it
    sql postgres -c "create database \"$1\""
}

connection_to() { # DATABASE: as Npgsql wants it said
    echo "Host=127.0.0.1;Port=$PORT_postgres;Username=postgres;Database=$1"
}
