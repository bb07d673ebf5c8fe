#!/usr/bin/env bash
# How long does it take to make a purchase link and to open it, on both stores, beside two round trips with nothing behind them? Compare
# what one run prints, never figures of two runs. ROUNDS, RATE, SECONDS_EACH and BENCH_DIR (a folder on a real disk) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly ROUNDS=${ROUNDS:-3} RATE=${RATE:-100} SECONDS_EACH=${SECONDS_EACH:-20}
readonly KINDS="bare sqlite.plain sqlite.keyed pg.plain pg.keyed"
declare -A LABEL=(
    [bare]="bare: Kestrel, nothing kept"
    [sqlite.plain]="SQLite"
    [sqlite.keyed]="SQLite, with an Idempotency-Key"
    [pg.plain]="PostgreSQL"
    [pg.keyed]="PostgreSQL, with an Idempotency-Key"
)
declare -A P50 P99 MAX PAIRS FAILED MID

measure() { # KIND
    local port=PORT_${1%.*} how=${1#*.} line _ pairs failed p50 p99 max
    [ "$how" != bare ] || how=plain
    line=$(dotnet "$(program_in links)" pace "http://127.0.0.1:${!port}" "$TENANT" "$ADMIN_TOKEN" "$RATE" "$SECONDS_EACH" "$how" 2>"$WORK/pace.log" | grep '^result ') ||
        { tail -n 20 "$WORK/pace.log" >&2; die "the load on $1 failed"; }
    read -r _ pairs failed p50 p99 max <<<"$line"
    PAIRS[$1]=$((${PAIRS[$1]:-0} + pairs)) FAILED[$1]=$((${FAILED[$1]:-0} + failed))
    P50[$1]+=" $p50" P99[$1]+=" $p99" MAX[$1]+=" $max"
}

report() {
    local kind
    hardware
    printf '\nA link made (strength token) and opened: from the request to the redirect. %s a second by the clock, %s rounds of %s s, interleaved, medians of the rounds.\n\n' \
        "$RATE" "$ROUNDS" "$SECONDS_EACH"
    printf '| | pairs | failed | p50 ms | p99 ms | max ms | p50 / bare | p99 / bare |\n|---|---:|---:|---:|---:|---:|---:|---:|\n'
    for kind in $KINDS; do
        printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "${LABEL[$kind]}" "${PAIRS[$kind]}" "${FAILED[$kind]}" \
            "$(calc %.2f "${MID[$kind.p50]} / 1000")" "$(calc %.2f "${MID[$kind.p99]} / 1000")" "$(calc %.2f "${MID[$kind.max]} / 1000")" \
            "$(calc %.1f "${MID[$kind.p50]} / ${MID[bare.p50]}")" "$(calc %.1f "${MID[$kind.p99]} / ${MID[bare.p99]}")"
    done
}

need curl
publish src/Latchkey.Server server
publish tests/links links
start_postgres
run bare dotnet "$(program_in links)" bare
start sqlite server
database pg
start pg server Latchkey__Store=postgres ConnectionStrings__Latchkey="$(connection_to pg)"
for name in sqlite pg; do seed "$name"; done
for ((round = 1; round <= ROUNDS; round++)); do
    note "round $round of $ROUNDS"
    for kind in $KINDS; do measure "$kind"; done
done
for kind in $KINDS; do
    MID[$kind.p50]=$(median ${P50[$kind]})
    MID[$kind.p99]=$(median ${P99[$kind]})
    MID[$kind.max]=$(median ${MAX[$kind]})
done
for name in bare sqlite pg; do stop "$name"; done
report
for kind in $KINDS; do
    [ "${FAILED[$kind]}" -eq 0 ] || die "$kind: ${FAILED[$kind]} links led nowhere"
done
