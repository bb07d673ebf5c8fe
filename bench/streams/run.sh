#!/usr/bin/env bash
# How soon does an open stream hear of a ping, and what do idle streams cost? Compare what one run prints, never figures of two runs.
# STREAMS, RATE, SECONDS_EACH, IDLE, IDLE_SECONDS and BENCH_DIR (a folder on a real disk) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly STREAMS=${STREAMS:-1000} RATE=${RATE:-200} SECONDS_EACH=${SECONDS_EACH:-20} IDLE=${IDLE:-10000} IDLE_SECONDS=${IDLE_SECONDS:-60}
declare -A LATENCY RSS_BEFORE RSS_OPEN ANON_BEFORE ANON_OPEN CPU

ulimit -n "$(ulimit -Hn)"
[ "$(ulimit -n)" = unlimited ] || [ "$(ulimit -n)" -ge $((IDLE + 1000)) ] || die "only $(ulimit -n) files may be open; $((IDLE + 1000)) are needed"

load_program() { dotnet "$(program_in load)" "$@"; }

latency() { # NAME STREAMS-PATH PINGS-PATH TOKEN: sets LATENCY[NAME]
    local port=PORT_$1 line
    line=$(load_program latency "http://127.0.0.1:${!port}" "$2" "$3" "$4" "$STREAMS" "$RATE" "$SECONDS_EACH" 2>"$WORK/load.log") ||
        { tail -n 20 "$WORK/load.log" >&2; die "the load on $1 failed: $line"; }
    LATENCY[$1]=${line#result }
}

memory_kb() { # NAME FIELD
    local pid=PID_$1
    awk -v field="$2:" '$1 == field {print $2}' "/proc/${!pid}/status"
}

cpu_ticks() { # NAME
    local pid=PID_$1
    awk '{sub(/.*\) /, ""); print $12 + $13}' "/proc/${!pid}/stat"
}

hold() { # NAME PATH TOKEN COUNT: opens streams, in the background; sets HOLDER, ends with release
    local port=PORT_$1
    coproc HOLDING { load_program idle "http://127.0.0.1:${!port}" "$2" "$4" "$3" 2>"$WORK/hold.log"; }
    HOLDER=$HOLDING_PID
    STARTED+=("$HOLDER")
    local said
    read -r -t 300 said <&"${HOLDING[0]}" && [ "$said" = "open $4" ] || { tail -n 20 "$WORK/hold.log" >&2; die "$1 did not open $4 streams"; }
}

release() {
    local input=${HOLDING[1]}
    exec {input}>&-
    gone "$HOLDER" || die "the streams are not let go"
}

idle() { # NAME PATH TOKEN
    local ticks
    hold "$1" "$2" "$3" 500 # until the code is compiled for good
    release
    sleep 2
    RSS_BEFORE[$1]=$(memory_kb "$1" VmRSS)
    ANON_BEFORE[$1]=$(memory_kb "$1" RssAnon)
    hold "$1" "$2" "$3" "$IDLE"
    note "$1: $IDLE streams are open"
    ticks=$(cpu_ticks "$1")
    sleep "$IDLE_SECONDS"
    CPU[$1]=$(calc %.2f "($(cpu_ticks "$1") - $ticks) / $(getconf CLK_TCK)")
    RSS_OPEN[$1]=$(memory_kb "$1" VmRSS)
    ANON_OPEN[$1]=$(memory_kb "$1" RssAnon)
    release
}

latency_row() { # LABEL NAME
    local sent heard missed early p50 p90 p99 max
    read -r sent heard missed early p50 p90 p99 max <<<"${LATENCY[$2]}"
    printf '| %s | %s | %s | %s | %s | %s | %s | %s |\n' "$1" "$heard" "$missed" "$early" \
        "$(calc %.2f "$p50 / 1000")" "$(calc %.2f "$p90 / 1000")" "$(calc %.2f "$p99 / 1000")" "$(calc %.2f "$max / 1000")"
}

idle_row() { # LABEL NAME
    printf '| %s | %s | %s | %s | %s | %s |\n' "$1" "$(calc %.0f "${RSS_BEFORE[$2]} / 1024")" "$(calc %.0f "${RSS_OPEN[$2]} / 1024")" \
        "$(calc %.1f "(${RSS_OPEN[$2]} - ${RSS_BEFORE[$2]}) / $IDLE")" "$(calc %.1f "(${ANON_OPEN[$2]} - ${ANON_BEFORE[$2]}) / $IDLE")" "${CPU[$2]}"
}

report() {
    hardware
    printf '\n%s open streams, each of another subject, %s pings/s for %s s; from the 200 of a ping to the message, ms.\n' "$STREAMS" "$RATE" "$SECONDS_EACH"
    printf 'Early: the message came before the 200 was read; counted as 0.\n\n'
    printf '| | heard | missed | early | p50 | p90 | p99 | max |\n|---|---:|---:|---:|---:|---:|---:|---:|\n'
    latency_row "Latchkey: stored, folded, outbox, stream" server
    latency_row "bare: a channel in the process, stream" bare
    printf '\n%s idle streams, %s s, heartbeats every 15 s.\n\n' "$IDLE" "$IDLE_SECONDS"
    printf '| | RSS before, MB | RSS open, MB | kB a stream | private kB a stream | CPU s |\n|---|---:|---:|---:|---:|---:|\n'
    idle_row "Latchkey" server
    idle_row "bare Kestrel endpoint" bare
    printf '| ratio | | %s | %s | %s | %s |\n' \
        "$(calc %.2f "${RSS_OPEN[server]} / ${RSS_OPEN[bare]}")" \
        "$(calc %.2f "(${RSS_OPEN[server]} - ${RSS_BEFORE[server]}) / (${RSS_OPEN[bare]} - ${RSS_BEFORE[bare]})")" \
        "$(calc %.2f "(${ANON_OPEN[server]} - ${ANON_BEFORE[server]}) / (${ANON_OPEN[bare]} - ${ANON_BEFORE[bare]})")" \
        "$(calc %.2f "${CPU[server]} / ${CPU[bare]}")"
}

need curl
publish src/Latchkey.Server server
publish bench/streams/Bare bare
publish bench/streams/Load load
start bare bare
latency bare "/stream/{n}" "/ping/{n}" -
stop bare
start server server
seed server
latency server "/v1/tenants/$TENANT/entitlements/email:buyer{n}@example.org/stream" "$PATH_server" "$API_server"
drain server
stop server

# Both anew, so that nothing of the first half is counted.
start bare bare
idle bare /idle -
stop bare
start server server
idle server "/v1/tenants/$TENANT/entitlements/user:{n}/stream" "$API_server"
stop server
report
