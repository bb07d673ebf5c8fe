#!/usr/bin/env bash
# How fast are pings taken, and what does keeping them cost? Compare ratios within one run, never figures of two runs.
# ROUNDS, SECONDS_EACH, BACKLOG, CONNECTIONS and BENCH_DIR (a folder on a real disk) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly ROUNDS=${ROUNDS:-5} SECONDS_EACH=${SECONDS_EACH:-4} BACKLOG=${BACKLOG:-20000}
readonly KINDS="ceiling paused folding single"
readonly PAUSED=Latchkey__Measure__PauseFolding=true SINGLE=Latchkey__Measure__ReceiveBatch=1
declare -A LABEL=(
    [ceiling]="ceiling: Kestrel reads the body, keeps nothing"
    [paused]="stored in group commits, folding paused"
    [folding]="stored in group commits, folding running"
    [single]="stored one a commit, folding paused"
)
declare -A RPS P50 P99 NOT_2XX MID
DRAINS=
PACES=

measure_starts() { # on an empty folder first, then on what that start made
    local i
    LATER_STARTS=
    for i in 1 2 3 4 5; do
        start cold server
        [ "$i" -eq 1 ] && FIRST_START=$READY_MS_cold || LATER_STARTS+=" $READY_MS_cold"
        RSS_REST=$(rss_mb cold)
        stop cold
    done
}

measure() { # KIND
    load "$1" "$SECONDS_EACH"
    RPS[$1]+=" $(calc %.0f "$REQUESTS / $SECONDS_TAKEN")"
    P50[$1]+=" $P50_US"
    P99[$1]+=" $P99_US"
    NOT_2XX[$1]=$((${NOT_2XX[$1]:-0} + BAD))
    if [ "$1" = folding ]; then
        drain folding
        DRAINS+=" $(calc %.2f "$DRAIN_US / 1e6")"
        PACES+=" $(calc %.0f "$REQUESTS / ($SECONDS_TAKEN + $DRAIN_US / 1e6)")"
    fi
}

measure_rounds() {
    local kind round
    start ceiling ceiling
    PATH_ceiling="/webhooks/gumroad/$TENANT?token=abcdefghijklmnopqrstuvwxyz234567abcdefgh"
    start paused server "$PAUSED"
    start folding server
    start single server "$PAUSED" "$SINGLE"
    for kind in paused folding single; do seed "$kind"; done
    for kind in $KINDS; do load "$kind" 2; done # until the code is compiled for good
    drain folding
    for ((round = 1; round <= ROUNDS; round++)); do
        note "round $round of $ROUNDS"
        for kind in $KINDS; do measure "$kind"; done
    done
    RSS_PAUSED=$(rss_mb paused)
    RSS_FOLDING=$(rss_mb folding)
    for kind in $KINDS; do
        stop "$kind"
        MID[$kind]=$(median ${RPS[$kind]})
        MID[$kind.p50]=$(median ${P50[$kind]})
        MID[$kind.p99]=$(median ${P99[$kind]})
    done
}

measure_backlog() {
    start backlog server
    seed backlog
    stop backlog
    fold_backlog backlog "$BACKLOG"
}

# Under strace; its speed says nothing, but every answer has to have its share in a sync.
measure_syncs() { # NAME SETTING=VALUE...: sets SYNCS_NAME ACKS_NAME
    local name=$1 pid=PID_$1
    shift
    WRAP=(strace -f -c --seccomp-bpf -e "trace=fdatasync,fsync" -o "$WORK/$name.strace")
    start "$name" server "$PAUSED" "$@"
    WRAP=()
    seed "$name"
    load "$name" 2
    [ "$BAD" -eq 0 ] || die "$BAD sales were not stored under strace"
    kill -TERM $(children "${!pid}")
    gone "${!pid}" || die "$name does not stop"
    declare -g "ACKS_$name=$REQUESTS" \
        "SYNCS_$name=$(awk '$NF == "fdatasync" || $NF == "fsync" {n += $4} END {print n + 0}' "$WORK/$name.strace")"
    local syncs=SYNCS_$name
    [ "${!syncs}" -gt 0 ] || die "strace saw no sync at all"
}

ratio() { calc %.2f "${MID[$1]} / ${MID[$2]}"; }

report() {
    local kind
    hardware
    printf '%s connections, %s rounds of %s s, interleaved, medians.\n\n' "$CONNECTIONS" "$ROUNDS" "$SECONDS_EACH"
    printf '| sales of 1.2 kB | requests/s | p50 ms | p99 ms | not 2xx |\n|---|---:|---:|---:|---:|\n'
    for kind in $KINDS; do
        printf '| %s | %.0f | %.1f | %.1f | %d |\n' "${LABEL[$kind]}" "${MID[$kind]}" \
            "$(calc %.3f "${MID[$kind.p50]} / 1000")" "$(calc %.3f "${MID[$kind.p99]} / 1000")" "${NOT_2XX[$kind]}"
    done
    printf '\n| ratio | |\n|---|---:|\n'
    printf '| group commit / one a commit | %s |\n' "$(ratio paused single)"
    printf '| stored, folding paused / ceiling | %s |\n' "$(ratio paused ceiling)"
    printf '| stored, folding running / ceiling | %s |\n' "$(ratio folding ceiling)"
    printf '| p99: folding paused / ceiling | %s |\n' "$(ratio paused.p99 ceiling.p99)"
    printf '| p99: folding running / ceiling | %s |\n' "$(ratio folding.p99 ceiling.p99)"
    printf '\n| besides | |\n|---|---:|\n'
    printf '| backlog after a round with folding, drained in | %s s |\n' "$(median $DRAINS)"
    printf '| stored and folded, drain included | %s/s |\n' "$(median $PACES)"
    printf '| %s waiting sales after a start, folded | %s/s |\n' "$STORED" "$(calc %.0f "$STORED / ($DRAIN_US / 1e6)")"
    printf '| answers a sync: group commit | %s (%s / %s) |\n' "$(calc %.1f "$ACKS_group / $SYNCS_group")" "$ACKS_group" "$SYNCS_group"
    printf '| answers a sync: one a commit | %s (%s / %s) |\n' "$(calc %.1f "$ACKS_one / $SYNCS_one")" "$ACKS_one" "$SYNCS_one"
    printf '| start to ready: empty folder, then median of four | %s, %s ms |\n' "$FIRST_START" "$(median $LATER_STARTS)"
    printf '| RSS: at rest, after the rounds paused, folding | %s, %s, %s MB |\n' "$RSS_REST" "$RSS_PAUSED" "$RSS_FOLDING"
}

need wrk
need curl
need strace
publish src/Latchkey.Server server
publish bench/ingest/Ceiling ceiling
measure_starts
measure_rounds
measure_backlog
measure_syncs group
measure_syncs one "$SINGLE"
report
for kind in $KINDS; do
    [ "${NOT_2XX[$kind]}" -eq 0 ] || die "$kind had ${NOT_2XX[$kind]} answers other than 2xx"
done
