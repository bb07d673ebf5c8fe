#!/usr/bin/env bash
# Over PostgreSQL, how does Latchkey compare with handlers that people write by hand? Compare ratios within one run, never figures of two runs.
# One server for all, which flushes what it commits; a database for each. A peer first tries its own settings and keeps the best.
# FLUSH_US makes every flush of the database so many microseconds longer, as on common disks: what group commit saves depends on it.
# ROUNDS, SECONDS_EACH, TRY_SECONDS (for one of a peer's settings) and BENCH_DIR (a folder on a real disk) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly ROUNDS=${ROUNDS:-5} SECONDS_EACH=${SECONDS_EACH:-4} TRY_SECONDS=${TRY_SECONDS:-3}
readonly PEERS="raw ef express" KINDS="paused folding raw ef express raw_fair ef_fair express_fair"
readonly NPGSQL="Max Auto Prepare=20;Auto Prepare Min Usages=1;No Reset On Close=true"
declare -A LABEL=(
    [paused]="Latchkey, folding paused"
    [folding]="Latchkey, folding running"
    [raw]="Kestrel, Npgsql by hand"
    [ef]="Kestrel, EF Core"
    [express]="Express, pg"
)
declare -A CHOSEN RPS P50 P99 DONE NOT_2XX MID

start_latchkey() { # NAME [SETTING=VALUE]...
    database "$1"
    start "$1" server Latchkey__Store=postgres ConnectionStrings__Latchkey="$(connection_to "$1")" "${@:2}"
    seed "$1"
}

start_peer() { # PEER [OPTION=VALUE]...
    local peer=$1 pool=32 multiplexing=false server_gc=0 workers=1 port=PORT_$1
    [ $# -eq 1 ] || local "${@:2}"
    case $peer in
        express)
            run express NODE_ENV=production PGHOST=127.0.0.1 PGPORT="$PORT_postgres" PGUSER=postgres PGDATABASE=express \
                POOL="$pool" WORKERS="$workers" node "$WORK/peers/express-pg/server.js" ;;
        *)
            start "$peer" "$peer" DOTNET_gcServer="$server_gc" \
                ConnectionStrings__Pings="$(connection_to "$peer");Maximum Pool Size=$pool;Multiplexing=$multiplexing;$NPGSQL" ;;
    esac
    declare -g "PATH_$peer=/webhook/$TENANT" "PATH_${peer}_fair=/fair/$TENANT" "PORT_${peer}_fair=${!port}"
}

# Tries the values of one option after the other, each option with the best of those before: CHOSEN[PEER].
choose() { # PEER OPTION=VALUE,VALUE...
    local peer=$1 option value rate best best_rate
    CHOSEN[$peer]=
    for option in "${@:2}"; do
        best_rate=0
        for value in $(tr , ' ' <<<"${option#*=}"); do
            start_peer "$peer" ${CHOSEN[$peer]} "${option%%=*}=$value"
            load "$peer" 1
            load "$peer" "$TRY_SECONDS"
            stop "$peer"
            rate=$(calc %.0f "$REQUESTS / $SECONDS_TAKEN")
            note "$peer ${CHOSEN[$peer]} ${option%%=*}=$value: $rate/s, $BAD not 2xx"
            [ "$BAD" -eq 0 ] && [ "$rate" -gt "$best_rate" ] && best=$value best_rate=$rate
        done
        [ "$best_rate" -gt 0 ] || die "$peer works with no ${option%%=*}"
        CHOSEN[$peer]+="${CHOSEN[$peer]:+ }${option%%=*}=$best"
    done
    sql "$peer" -c 'truncate pings, sales, entitlements, outbox'
}

# A repeat is counted, and handled no more.
check_peer() { # PEER
    local port=PORT_$1 form path replies=
    for form in webhook fair; do
        path=http://127.0.0.1:${!port}/$form/$TENANT
        for _ in 1 2; do
            replies+=$(curl -sS -f -m 10 -d "sale_id=$form&product_permalink=a&email=a%40example.org&price=1&refunded=false" "$path" |
                grep -oE '"duplicate":(true|false)')
        done
    done
    [ "$replies" = '"duplicate":false"duplicate":true"duplicate":false"duplicate":true' ] || die "$1 answered $replies"
    expect "$1" 'select count(*), sum(repeats) from pings' '2|2'
    expect "$1" 'select (select count(*) from sales), (select count(*) from entitlements), (select count(*) from outbox)' '1|1|1'
}

expect() { # DATABASE QUERY RESULT
    local result
    result=$(sql "$1" -c "$2") || exit 1
    [ "$result" = "$3" ] || die "$1 holds $result where $3 is right"
}

# What was answered is there. An answer that came too late for wrk to count may be there as well.
check_stored() { # PEER
    expect "$1" "select count(*) >= $((${ANSWERED[$1]} + ${ANSWERED[$1_fair]})) from pings" t
    expect "$1" "select count(*) >= ${ANSWERED[$1_fair]}, count(*) = (select count(*) from entitlements), count(*) = (select count(*) from outbox) from sales" 't|t|t'
}

measure() { # KIND
    local at=$CONNECTIONS.$1
    load "$1" "$SECONDS_EACH"
    ANSWERED[$1]=$((${ANSWERED[$1]:-0} + REQUESTS - BAD))
    RPS[$at]+=" $(calc %.0f "$REQUESTS / $SECONDS_TAKEN")"
    P50[$at]+=" $P50_US"
    P99[$at]+=" $P99_US"
    NOT_2XX[$at]=$((${NOT_2XX[$at]:-0} + BAD))
    if [ "$1" = folding ]; then
        drain folding
        DONE[$at]+=" $(calc %.0f "$REQUESTS / ($SECONDS_TAKEN + $DRAIN_US / 1e6)")"
    else
        DONE[$at]+=" $(calc %.0f "$REQUESTS / $SECONDS_TAKEN")" # the work is done when the answer comes
    fi
}

measure_rounds() { # with CONNECTIONS
    local kind round at
    for ((round = 1; round <= ROUNDS; round++)); do
        note "$CONNECTIONS connections, round $round of $ROUNDS"
        for kind in $KINDS; do measure "$kind"; done
    done
    for kind in $KINDS; do
        at=$CONNECTIONS.$kind
        MID[$at]=$(median ${RPS[$at]})
        MID[$at.p50]=$(median ${P50[$at]})
        MID[$at.p99]=$(median ${P99[$at]})
        MID[$at.done]=$(median ${DONE[$at]})
    done
}

ms() { calc %.1f "$1 / 1000"; }
ratio() { calc %.2f "${MID[$CONNECTIONS.$1]} / ${MID[$CONNECTIONS.$2]}"; }

report_stored() {
    local kind peer at
    printf '\n### %s connections: stored\n\n' "$CONNECTIONS"
    printf '| | requests/s | p50 ms | p99 ms | not 2xx |\n|---|---:|---:|---:|---:|\n'
    for kind in paused folding $PEERS; do
        at=$CONNECTIONS.$kind
        printf '| %s | %.0f | %s | %s | %d |\n' "${LABEL[$kind]}" "${MID[$at]}" "$(ms "${MID[$at.p50]}")" "$(ms "${MID[$at.p99]}")" "${NOT_2XX[$at]}"
    done
    printf '\n| ratio: Latchkey / | paused: requests/s | p99 | running: requests/s | p99 |\n|---|---:|---:|---:|---:|\n'
    for peer in $PEERS; do
        printf '| %s | %s | %s | %s | %s |\n' "${LABEL[$peer]}" "$(ratio paused "$peer")" "$(ratio paused.p99 "$peer.p99")" \
            "$(ratio folding "$peer")" "$(ratio folding.p99 "$peer.p99")"
    done
}

report_handled() {
    local kind peer at
    printf '\n### %s connections: stored and handled\n\n' "$CONNECTIONS"
    printf '| | acknowledged/s | everything done/s | p50 ms | p99 ms | not 2xx |\n|---|---:|---:|---:|---:|---:|\n'
    for kind in folding raw_fair ef_fair express_fair; do
        at=$CONNECTIONS.$kind
        printf '| %s | %.0f | %.0f | %s | %s | %d |\n' "${LABEL[${kind%_fair}]}" "${MID[$at]}" "${MID[$at.done]}" \
            "$(ms "${MID[$at.p50]}")" "$(ms "${MID[$at.p99]}")" "${NOT_2XX[$at]}"
    done
    printf '\n| ratio: Latchkey / | acknowledged | everything done | p99 |\n|---|---:|---:|---:|\n'
    for peer in $PEERS; do
        printf '| %s | %s | %s | %s |\n' "${LABEL[$peer]}" "$(ratio folding "${peer}_fair")" \
            "$(ratio folding.done "${peer}_fair.done")" "$(ratio folding.p99 "${peer}_fair.p99")"
    done
}

report() {
    local peer
    hardware
    printf 'Sales of 1.2 kB, every one new; %s rounds of %s s, interleaved, medians. ' "$ROUNDS" "$SECONDS_EACH"
    printf 'PostgreSQL %s\n\n' "$(sql postgres -c "select string_agg(name || ' ' || current_setting(name), ', ' order by name desc)
        from pg_settings where name in ('server_version', 'fsync', 'synchronous_commit', 'shared_buffers')" | sed 's/server_version //')"
    [ -z "${FLUSH_US:-}" ] || printf 'Every flush takes %s µs more.\n\n' "$FLUSH_US"
    printf '| peer | settings chosen |\n|---|---|\n'
    for peer in $PEERS; do printf '| %s | %s |\n' "${LABEL[$peer]}" "${CHOSEN[$peer]}"; done
    for CONNECTIONS in 32 64; do report_stored; done
    for CONNECTIONS in 32 64; do report_handled; done
}

declare -A ANSWERED
need wrk
need curl
need node nodejs
need npm
publish src/Latchkey.Server server
publish bench/peers/raw-npgsql raw
publish bench/peers/ef-core ef
cp -r "$ROOT/bench/peers" "$WORK/peers"
(cd "$WORK/peers/express-pg" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$WORK/npm.log" 2>&1 ||
    { tail -n 20 "$WORK/npm.log" >&2; die "npm ci failed"; }
start_postgres

CONNECTIONS=64
for peer in $PEERS; do
    database "$peer"
    sql "$peer" -f "$ROOT/bench/peers/schema.sql"
done
choose raw multiplexing=false,true pool=8,16,32,64 server_gc=0,1
choose ef multiplexing=false,true pool=8,16,32,64 server_gc=0,1
choose express workers=1,2 pool=8,16,32
for peer in $PEERS; do
    start_peer "$peer" ${CHOSEN[$peer]}
    check_peer "$peer"
done
start_latchkey paused Latchkey__Measure__PauseFolding=true
start_latchkey folding
for kind in $KINDS; do load "$kind" 2; done # until the code is compiled for good
drain folding
sql postgres -c checkpoint
for CONNECTIONS in 32 64; do measure_rounds; done
for peer in $PEERS; do check_stored "$peer"; done
report
for at in "${!NOT_2XX[@]}"; do
    [ "${NOT_2XX[$at]}" -eq 0 ] || die "$at (connections.kind) had ${NOT_2XX[$at]} answers other than 2xx"
done
