#!/usr/bin/env bash
# Does folding slow down as purchases pile up? Folds the same backlog over few and over many stored purchases, in turn.
# FEW, MANY, BACKLOG, ROUNDS, CONNECTIONS and BENCH_DIR (a folder on a real disk, some GB free) may be set.
# The many are stored and folded through the front door first, which takes minutes.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly FEW=${FEW:-10000} MANY=${MANY:-1000000} BACKLOG=${BACKLOG:-20000} ROUNDS=${ROUNDS:-3}
declare -A PACES HAS MID RSS

prepare() { # NAME COUNT
    local begun
    start "$1" server
    seed "$1"
    begun=$(now_us)
    store "$1" "$2" $(($2 > 100000 ? 5 : 1))
    drain "$1"
    HAS[$1]=$STORED
    RSS[$1]=$(rss_mb "$1")
    note "$1: $STORED purchases stored and folded in $((($(now_us) - begun) / 1000000)) s"
    stop "$1"
}

measure() { # NAME
    fold_backlog "$1" "$BACKLOG"
    PACES[$1]+=" $(calc %.0f "$STORED / ($DRAIN_US / 1e6)")"
    HAS[$1.end]=$((${HAS[$1.end]:-${HAS[$1]}} + STORED))
}

need wrk
need curl
publish src/Latchkey.Server server
prepare few "$FEW"
prepare many "$MANY"
for ((round = 1; round <= ROUNDS; round++)); do
    note "round $round of $ROUNDS"
    measure few
    measure many
done

hardware
printf 'A backlog of at least %s sales, folded after a start; %s rounds in turn, medians.\n\n' "$BACKLOG" "$ROUNDS"
printf '| purchases stored, first to last round | folded/s | database MB | RSS MB after folding them |\n|---|---:|---:|---:|\n'
for name in few many; do
    MID[$name]=$(median ${PACES[$name]})
    printf '| %s to %s | %.0f | %s | %s |\n' "${HAS[$name]}" "${HAS[$name.end]}" "${MID[$name]}" \
        "$(du -sm "$WORK/data-$name" | cut -f1)" "${RSS[$name]}"
done
printf '\n| ratio | |\n|---|---:|\n| many / few | %s |\n' "$(calc %.2f "${MID[many]} / ${MID[few]}")"
