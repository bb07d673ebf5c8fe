#!/usr/bin/env bash
# How long does the move from SQLite to PostgreSQL take, how long does nobody serve, and what do those notice who send meanwhile?
# PURCHASES, RATE_SECONDS (of load at a time), CONNECTIONS and BENCH_DIR (a folder on a real disk) may be set.
source "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
readonly PURCHASES=${PURCHASES:-100000} RATE_SECONDS=${RATE_SECONDS:-2}
LOADED=0
NOT_2XX=0

copy() { # LOG: sets SECONDS_COPIED
    local begun=$(now_us)
    dotnet "$(program_in server)" copy --from "sqlite:$WORK/data-move/latchkey.db" --to "postgres:$(connection_to move)" --json >"$1" 2>"$1.err"
    COPY_EXIT=$?
    SECONDS_COPIED=$(calc %.1f "($(now_us) - $begun) / 1e6")
}

sum() { # FIELD LOG
    grep -o "\"$1\":[0-9]*" "$2" | cut -d: -f2 | awk '{n += $1} END {print n + 0}'
}

rows_of() { # TABLE LOG: "rows-checksum" of the source, then of the destination
    grep -o "\"name\":\"$1\",\"source\":{[^}]*},\"destination\":{[^}]*}" "$2" | grep -o '"rows":[0-9]*,"checksum":"[0-9a-f]*"'
}

need wrk
need curl
publish src/Latchkey.Server server
start_postgres
database move
start move server
seed move
store move "$PURCHASES" 5
drain move

# The server goes on while the first pass runs, and is sent sales all along.
copy "$WORK/first.json" & COPYING=$!
while kill -0 "$COPYING" 2>/dev/null; do
    load move "$RATE_SECONDS"
    LOADED=$((LOADED + REQUESTS)) NOT_2XX=$((NOT_2XX + BAD))
done
wait "$COPYING"
grep -q '"finished":false' "$WORK/first.json" || { cat "$WORK/first.json.err" >&2; die "the first pass did not run through, or does not say that the server still works"; }
FIRST=$(grep -o '"seconds":[0-9.]*' "$WORK/first.json" | cut -d: -f2)
copy "$WORK/second.json"
SECOND=$SECONDS_COPIED
drain move

BEGUN=$(now_us)
stop move
copy "$WORK/last.json"
[ "$COPY_EXIT" -eq 0 ] || { cat "$WORK/last.json.err" >&2; die "the last copy failed"; }
LAST=$SECONDS_COPIED

mkdir -p "$WORK/data-moved" && cp "$WORK/data-move/master.key" "$WORK/data-moved/"
start moved server Latchkey__Store=postgres ConnectionStrings__Latchkey="$(connection_to move)"
AWAY=$(calc %.1f "($(now_us) - $BEGUN) / 1e6")

# The tables are equal, and the new server works with the old address and token.
API_moved=$API_move PATH_moved=$PATH_move
load moved "$RATE_SECONDS"
[ "$BAD" -eq 0 ] || die "$BAD sales were not taken after the move"
drain moved

hardware
printf '%s purchases, and %s more sent while the first pass ran (%s of them not answered with 2xx).\n\n' "$STORED" "$LOADED" "$NOT_2XX"
printf '| pass | seconds | rows | of them written |\n|---|---:|---:|---:|\n'
printf '| first, while sales pour in | %s | %s | %s |\n' "$FIRST" "$(($(sum rows "$WORK/first.json") / 2))" "$(sum written "$WORK/first.json")"
printf '| again, served and idle | %s | %s | %s |\n' "$SECOND" "$(($(sum rows "$WORK/second.json") / 2))" "$(sum written "$WORK/second.json")"
printf '| last, stopped | %s | %s | %s |\n' "$LAST" "$(($(sum rows "$WORK/last.json") / 2))" "$(sum written "$WORK/last.json")"
printf '\nFrom the stop of the one server to the readiness of the other: %s s.\n\n' "$AWAY"
printf '| table | rows | checksum, SQLite | checksum, PostgreSQL |\n|---|---:|---|---|\n'
for table in $(grep -o '"name":"[a-z_]*"' "$WORK/last.json" | cut -d'"' -f4); do
    mapfile -t sides < <(rows_of "$table" "$WORK/last.json")
    [ "${sides[0]}" = "${sides[1]}" ] || die "$table differs"
    printf '| %s | %s | %.16s | %.16s |\n' "$table" "$(grep -o '[0-9]*' <<<"${sides[0]}" | head -n 1)" \
        "$(cut -d'"' -f6 <<<"${sides[0]}")" "$(cut -d'"' -f6 <<<"${sides[1]}")"
done
