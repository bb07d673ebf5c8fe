#!/usr/bin/env bash
# How fast do apps get their answers, over either store, and how near is that to what the store and the signature carry by themselves?
# STORES, SALES, ROUNDS, SECONDS_EACH, CONNECTIONS and BENCH_DIR (a folder on a real disk) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
source "$ROOT/bench/licenses/load.sh"
readonly STORES=${STORES:-sqlite postgres} SALES=${SALES:-20000} ROUNDS=${ROUNDS:-5} SECONDS_EACH=${SECONDS_EACH:-4}
declare -A RATE P50 P99
declare -A LABEL=(
    [activate]="activate: a new device, a lease"
    [validate]="validate: a device known, a new lease"
    [look_up]="validate: the key alone, no lease"
    [commit]="commits, one row each"
    [shared]="rows, $CONNECTIONS to a commit"
    [read]="rows read by their key"
    [sign]="leases signed, nothing else"
)

keep() { # KIND PER_SECOND P50_US P99_US
    RATE[$1]+=" $2" P50[$1]+=" $3" P99[$1]+=" $4"
}

asked() { # STORE WHAT [ARGUMENT]...
    local store=$1 what=$2
    shift 2
    "$what" "$store" "$SECONDS_EACH" "$@"
    keep "$store.$what" "$(calc %.0f "$REQUESTS / $SECONDS_TAKEN")" "$P50_US" "$P99_US"
}

ceiling() { # OF ARGUMENT...: what the program prints, kept under OF
    local of=$1 name rate p50 p99
    shift
    dotnet "$(program_in ceiling)" "$@" "$CONNECTIONS" "$SECONDS_EACH" >"$WORK/ceiling.out" || die "the ceiling of $of could not be measured"
    while read -r name rate p50 p99; do keep "$of.$name" "$rate" "$p50" "$p99"; done <"$WORK/ceiling.out"
}

measure() { # STORE
    asked "$1" activate "$SALES"
    asked "$1" validate
    asked "$1" look_up "$SALES"
    case $1 in
        sqlite) ceiling sqlite sqlite "$WORK/ceiling.db" ;;
        postgres) ceiling postgres postgres "$(connection_to ceiling)" ;;
    esac
}

row() { # KIND LABEL
    printf '| %s | %.0f | %.1f | %.1f |\n' "$2" "$(median ${RATE[$1]})" \
        "$(calc %.3f "$(median ${P50[$1]}) / 1000")" "$(calc %.3f "$(median ${P99[$1]}) / 1000")"
}

ratio() { # KIND KIND LABEL
    printf '| %s | %s |\n' "$3" "$(calc %.2f "$(median ${RATE[$1]}) / $(median ${RATE[$2]})")"
}

report() {
    local store kind
    hardware
    printf '%s connections, %s purchases, %s rounds of %s s, interleaved, medians.\n\n' "$CONNECTIONS" "$SALES" "$ROUNDS" "$SECONDS_EACH"
    printf '| | a second | p50 ms | p99 ms |\n|---|---:|---:|---:|\n'
    for store in $STORES; do
        for kind in activate validate look_up; do row "$store.$kind" "$store, ${LABEL[$kind]}"; done
        for kind in commit shared read; do
            [ -z "${RATE[$store.$kind]:-}" ] || row "$store.$kind" "$store alone: ${LABEL[$kind]}"
        done
    done
    row machine.sign "${LABEL[sign]}"
    printf '\n| ratio | |\n|---|---:|\n'
    for store in $STORES; do
        ratio "$store.activate" "$store.commit" "$store: activate / commits"
        ratio "$store.validate" "$store.commit" "$store: validate with a lease / commits"
        ratio "$store.validate" machine.sign "$store: validate with a lease / leases signed"
        ratio "$store.look_up" "$store.read" "$store: validate the key alone / reads"
    done
}

need wrk
need curl
publish src/Latchkey.Server server
publish bench/licenses/Ceiling ceiling
for store in $STORES; do
    begin "$store"
    [ "$store" != postgres ] || database ceiling
    sell "$store" 1 "$SALES"
    settle "$store"
    note "$store: $SALES purchases stored and folded"
    for what in "activate $store 2 $SALES" "validate $store 2" "look_up $store 2 $SALES"; do $what; done # until the code is compiled for good
done
for ((round = 1; round <= ROUNDS; round++)); do
    note "round $round of $ROUNDS"
    for store in $STORES; do measure "$store"; done
    ceiling machine sign
done
for store in $STORES; do finish "$store"; done
report
