# Sourced after lib.sh by the benchmarks that ask about licenses: a server over either store, sales with known keys, and what apps ask.

export BENCH_SALES=$ROOT/bench/sales.lua BENCH_NAMES=$ROOT/bench/licenses/names.lua
readonly SCRIPTS=$ROOT/bench/licenses
declare -A LAST_PING
readonly UNLIMITED=(Latchkey__Limits__{Activate,ActivateHourly,Validate,Deactivate}=0)

begin() { # STORE (sqlite or postgres): the server over it, named after it, with its tenant
    case $1 in
        sqlite) start sqlite server "${UNLIMITED[@]}" ;;
        postgres)
            start_postgres
            # PostgreSQL itself is known as "postgres" to lib.sh; the server over it gets a name of its own.
            database latchkey
            start nodes server "${UNLIMITED[@]}" Latchkey__Store=postgres ConnectionStrings__Latchkey="$(connection_to latchkey)"
            ;;
        *) die "there is no store $1: sqlite or postgres" ;;
    esac
    seed "$(server_over "$1")"
    # As many devices as the load brings: a license's limit is not what is measured. Settings count from the sale on.
    api "$1" PUT "/products/studio/key-types/pro" '{"name":"Pro","activation_limit":null,"duration_days":null,"entitlements":["export","sync"],"tier":"pro","rank":20,"lease_days":7,"lease_grace_days":7,"billing_grace_days":3}' >/dev/null
}

server_over() { [ "$1" = postgres ] && echo nodes || echo "$1"; } # STORE

api() { # STORE METHOD PATH [JSON]
    local name port token
    name=$(server_over "$1")
    port=PORT_$name token=API_$name
    http "$2" "${!token}" "http://127.0.0.1:${!port}/v1/tenants/$TENANT$3" ${4:+"$4"} || die "$2 over $1 failed"
}

finish() { stop "$(server_over "$1")"; } # STORE

sell() { # STORE FIRST LAST: sets SECONDS_TAKEN and PINGS_BEFORE, the last ping that was stored before
    local name port path line
    name=$(server_over "$1")
    port=PORT_$name path=PATH_$name
    line=$(timeout 900 wrk -t1 -c"$CONNECTIONS" -d900s --timeout 30s -s "$SCRIPTS/sell.lua" "http://127.0.0.1:${!port}${!path}" -- "$2" "$3" \
        2>&1 | tee "$WORK/wrk.log" | grep '^sold ') || { cat "$WORK/wrk.log" >&2; die "not every sale over $1 was stored"; }
    PINGS_BEFORE=${LAST_PING[$1]:-}
    read -r _ _ SECONDS_TAKEN LAST_PING[$1] <<<"$line"
}

settle() { # STORE: waits until every sale of the last selling is folded; all before must be
    local name waiting
    name=$(server_over "$1")
    # Only what came since is looked at: looking through all that is stored, again and again, would slow down what is measured.
    until waiting=$(api "$1" GET "/pings?status=received&limit=1&after=$PINGS_BEFORE") && grep -q '"data": *\[\]' <<<"$waiting"; do
        [ -n "$waiting" ] || exit 1
        sleep 0.02
    done
    has_none "$name" held && has_none "$name" failed || die "$1 did not apply every sale"
}

ask() { # STORE SECONDS PATH SCRIPT [ARGUMENT]...: sets REQUESTS SECONDS_TAKEN P50_US P99_US BAD
    local name port seconds=$2 path=$3 script=$4 line status failed
    name=$(server_over "$1")
    port=PORT_$name
    shift 4
    line=$(wrk -t1 -c"$CONNECTIONS" -d"${seconds}s" --timeout 10s --latency -s "$script" "http://127.0.0.1:${!port}/v1/tenants/$TENANT$path" -- "$@" \
        2>&1 | tee "$WORK/wrk.log" | grep '^result ') || { cat "$WORK/wrk.log" >&2; die "wrk failed"; }
    read -r _ REQUESTS SECONDS_TAKEN P50_US P99_US status failed <<<"$line"
    BAD=$((status + failed))
    [ "$BAD" -eq 0 ] || die "$BAD answers to $path over $name were not what was asked for"
}

activate() { # STORE SECONDS SALES
    RUN=$((RUN + 1))
    ask "$1" "$2" /licenses/activate "$SCRIPTS/activate.lua" "$(printf 'r%04d' "$RUN")" "$3" "$WORK/activations-$1"
}

validate() { ask "$1" "$2" /licenses/validate "$SCRIPTS/validate.lua" "$WORK/activations-$1"; } # STORE SECONDS: with a lease

look_up() { ask "$1" "$2" /licenses/validate "$SCRIPTS/validate.lua" "$3"; } # STORE SECONDS SALES: the key alone, without a lease
