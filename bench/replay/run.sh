#!/usr/bin/env bash
# How fast is everything folded again, and does it come to the same tables? Stores and folds at least PURCHASES sales, each with its
# refund or dispute and the note of its settings, through the front door; then has the program replay them ROUNDS times.
# PURCHASES, ROUNDS, CONNECTIONS and BENCH_DIR (a folder on a real disk, some GB free) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly PURCHASES=${PURCHASES:-100000} ROUNDS=${ROUNDS:-3}
export BENCH_SALES=$ROOT/bench/sales.lua
LOAD=$ROOT/bench/replay/histories.lua

number() { sed -n "s/.*\"$1\":\([0-9]*\).*/\1/p"; } # NAME

need wrk
need curl
publish src/Latchkey.Server server
start one server
seed one
begun=$(now_us)
store one $((PURCHASES * 2))
# A burst that ends may cut off a sale whose refund came through: that one is held, which is no matter here.
until has_none one received; do sleep 0.1; done
has_none one failed || die "some could not be folded"
note "$STORED pings stored and folded in $((($(now_us) - begun) / 1000000)) s"

PACES=()
for ((round = 1; round <= ROUNDS; round++)); do
    report=$(cd "$WORK" && dotnet "$(program_in server)" replay "$TENANT" --json --server "http://127.0.0.1:$PORT_one" --data "$WORK/data-one") ||
        die "the tables differ: $report"
    [ "$(number waiting <<<"$report")" -eq 0 ] || die "some were not folded yet"
    PACES+=("$(number entries_per_second <<<"$report")")
    note "round $round of $ROUNDS: ${PACES[-1]} entries a second"
done

hardware
printf 'Replayed by the program while it serves; the median of %s rounds. The tables were equal each time.\n\n' "$ROUNDS"
printf '| purchases | entries | entries/s | purchases/s | differing | database MB | RSS MB afterwards |\n|---:|---:|---:|---:|---:|---:|---:|\n'
pace=$(median "${PACES[@]}")
purchases=$(number purchases <<<"$report")
entries=$(number entries <<<"$report")
printf '| %s | %s | %.0f | %.0f | %s | %s | %s |\n' "$purchases" "$entries" "$pace" "$(calc %.0f "$pace * $purchases / $entries")" \
    "$(number differing <<<"$report")" "$(du -sm "$WORK/data-one" | cut -f1)" "$(rss_mb one)"
stop one
