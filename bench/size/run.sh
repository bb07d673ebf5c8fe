#!/usr/bin/env bash
# Does Latchkey slow down as purchases pile up? Fills each store to each size in turn, and measures there. Prints a table and draws PLOT.
# SIZES (rising), STORES, ROUNDS, SECONDS_EACH, CONNECTIONS, PLOT and BENCH_DIR (a folder on a real disk, some 15 GB free) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
source "$ROOT/bench/licenses/load.sh"
readonly SIZES=${SIZES:-10000 100000 1000000} STORES=${STORES:-sqlite postgres} ROUNDS=${ROUNDS:-3} SECONDS_EACH=${SECONDS_EACH:-3}
readonly PLOT=${PLOT:-$ROOT/docs/reference/size.svg} CHUNK=100000 BURST_AT_MOST=10000 PAGES=50
readonly KINDS="ingest fold activate validate list"
declare -A RATE P99 HAS MB

keep() { RATE[$1]+=" $2"; } # KIND PER_SECOND

fill() { # STORE COUNT: sells until so many purchases are stored and folded
    local to
    while [ "${HAS[$1]}" -lt "$2" ]; do
        to=$((HAS[$1] + CHUNK < $2 ? HAS[$1] + CHUNK : $2))
        sell "$1" $((HAS[$1] + 1)) "$to"
        settle "$1"
        HAS[$1]=$to
        note "$1: $to stored and folded"
    done
}

# The last sales up to the size, in bursts: folding goes on while they are stored, and the burst ends when nothing waits.
grow() { # STORE SIZE
    local burst=$(($2 / (ROUNDS + 2))) begun i
    burst=$((burst < BURST_AT_MOST ? burst : BURST_AT_MOST))
    fill "$1" $(($2 - ROUNDS * burst))
    for ((i = 0; i < ROUNDS; i++)); do
        begun=$(now_us)
        sell "$1" $((HAS[$1] + 1)) $((HAS[$1] + burst))
        settle "$1"
        keep "$1.$2.fold" "$(calc %.0f "$burst / (($(now_us) - $begun) / 1e6)")"
        keep "$1.$2.ingest" "$(calc %.0f "$burst / $SECONDS_TAKEN")"
        HAS[$1]=$((HAS[$1] + burst))
    done
    find_pages "$1" "$2"
    MB[$1.$2]=$(megabytes "$1")
}

# Pages from the middle half of both lists, in the order of creation, which is that of the sales.
find_pages() { # STORE SIZE
    local i key found
    for ((i = 0; i < PAGES; i++)); do
        key=$(printf 'BE9C4000-00000000-00000000-%08X' $(($2 / 4 + $2 / 2 * i / PAGES + 1)))
        found=$(api "$1" GET "/licenses?key=$key") || exit 1
        printf "/v1/tenants/$TENANT/%s?limit=20&after=%s\n" licenses "$(sed -n 's/.*"data":\[{"id":"\([^"]*\)".*/\1/p' <<<"$found")" \
            purchases "$(field purchase <<<"$found")"
    done >"$WORK/pages-$1"
    ! grep -q 'after=$' "$WORK/pages-$1" || die "a license was not found by its key"
}

megabytes() { # STORE
    case $1 in
        sqlite) du -sm "$WORK/data-sqlite" | cut -f1 ;;
        postgres) sql latchkey -c 'select pg_database_size(current_database()) / 1048576' ;;
    esac
}

list() { # STORE SECONDS
    local token
    token=API_$(server_over "$1")
    ask "$1" "$2" "" "$ROOT/bench/size/list.lua" "${!token}" "$WORK/pages-$1"
}

asked() { # STORE SIZE WHAT [ARGUMENT]...
    local kind=$1.$2.$3 store=$1 what=$3
    shift 3
    "$what" "$store" "$SECONDS_EACH" "$@"
    keep "$kind" "$(calc %.0f "$REQUESTS / $SECONDS_TAKEN")"
    P99[$kind]+=" $P99_US"
}

measure() { # STORE SIZE
    asked "$1" "$2" activate "$2"
    asked "$1" "$2" validate
    asked "$1" "$2" list
}

warm_up() { # STORE: until the code is compiled for good; repeats add no purchase
    local i
    fill "$1" 200
    for ((i = 0; i < 10; i++)); do sell "$1" 1 200; done
    PINGS_BEFORE=
    settle "$1"
    find_pages "$1" 200
    activate "$1" 2 200
    validate "$1" 2
    list "$1" 2
}

p99_ms() { [ -z "${P99[$1]:-}" ] && echo "" || calc %.1f "$(median ${P99[$1]}) / 1000"; } # KIND

report() {
    local store size kind
    hardware
    printf '%s connections, %s rounds, medians; a second, and in brackets the p99 in ms.\n\n' "$CONNECTIONS" "$ROUNDS"
    printf '| purchases | store | ingest | fold | activate | validate | list | MB |\n|---:|---|---:|---:|---:|---:|---:|---:|\n'
    for size in $SIZES; do
        for store in $STORES; do
            printf '| %s | %s |' "$size" "$store"
            for kind in $KINDS; do printf ' %.0f%s |' "$(median ${RATE[$store.$size.$kind]})" "${P99[$store.$size.$kind]:+ ($(p99_ms "$store.$size.$kind"))}"; done
            printf ' %s |\n' "${MB[$store.$size]}"
        done
    done
}

points() { # what is drawn: STORE SIZE KIND PER_SECOND
    local store size kind
    for store in $STORES; do
        for size in $SIZES; do
            for kind in $KINDS; do echo "$store $size $kind $(median ${RATE[$store.$size.$kind]})"; done
        done
    done
}

need wrk
need curl
publish src/Latchkey.Server server
for store in $STORES; do
    HAS[$store]=0
    begin "$store"
    warm_up "$store"
done
for size in $SIZES; do
    for store in $STORES; do grow "$store" "$size"; done
    for ((round = 1; round <= ROUNDS; round++)); do
        note "$size: round $round of $ROUNDS"
        for store in $STORES; do measure "$store" "$size"; done
    done
done
for store in $STORES; do finish "$store"; done
report
points | awk -f "$ROOT/bench/size/plot.awk" >"$WORK/size.svg" && mv "$WORK/size.svg" "$PLOT" || die "the plot could not be drawn"
note "drawn: $PLOT"
