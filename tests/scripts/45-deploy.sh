#!/usr/bin/env bash
# What deploy/ promises, as far as it can be seen without building an image: the container file's own build is run on what it copies,
# the program of that serves behind deploy/nginx.conf, one of its two nodes being gone. Loopback only; leaves nothing running.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
work=$(mktemp -d) || exit 1
failed=0
node=
proxy=

finish() {
    [ -n "$proxy" ] && kill "$proxy" 2>/dev/null
    [ -n "$node" ] && kill "$node" 2>/dev/null
    wait
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM HUP

ok() { printf 'ok %s\n' "$1"; }
bad() { printf 'FAILED %s: %s\n' "$1" "$2"; failed=1; }
check() { local name=$1 why=$2; shift 2; if "$@"; then ok "$name"; else bad "$name" "$why"; fi; }

free_port() {
    local port
    until port=$((10000 + RANDOM % 20000)) && ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do :; done
    echo "$port"
}

# Until a command succeeds, at most half a minute.
until_true() {
    local i
    for ((i = 0; i < 300; i++)); do "$@" >/dev/null 2>&1 && return 0; sleep 0.1; done
    return 1
}

# The build of the container file, with what it copies and nothing else.
mkdir "$work/build"
for path in $(sed -n 's/^COPY \([^-].*\) [^ ]*$/\1/p' deploy/Containerfile); do
    tar -c --exclude=bin --exclude=obj "$path" | tar -x -C "$work/build"
done
publish=$(sed -n 's/^RUN \(dotnet publish .*\)$/\1/p' deploy/Containerfile)
if ! (cd "$work/build" && eval "${publish/-o \/out/-o $work/out} --nologo -v quiet" </dev/null) >"$work/publish.log" 2>&1; then
    tail -n 20 "$work/publish.log"
    bad container-build "$publish"
    exit 1
fi
check container-build "no program latchkey was made" test -x "$work/out/latchkey"

unmatched=
for path in $(sed -n 's/^COPY \(--[^ ]* \)*\([^ -].*\) [^ ]*$/\2/p' deploy/Containerfile); do
    [ "$path" = /out ] || grep -qxF "!$path" .dockerignore || unmatched+=" $path"
done
check dockerignore "not let through:$unmatched" test -z "$unmatched"

# Every setting that is named somewhere is one: the program refuses to start with any other.
names=$(grep -ohE 'Latchkey(__|:)[A-Z][A-Za-z0-9_:]*' deploy/* docs/how-to/{run-many-nodes,citus,deploy}.md | sed 's/:/__/g; s/_*$//' | sort -u)
settings=()
for name in $names; do settings+=("$name=1"); done
said=$(cd "$work" && env "${settings[@]}" Latchkey__Store=neither "$work/out/latchkey" serve 2>&1)
check settings "$said" grep -qF "Latchkey:Store is 'neither'" <<<"$said"

if command -v systemd-analyze >/dev/null; then
    sed "s#^ExecStart=/opt/latchkey/#ExecStart=$work/out/#" deploy/latchkey.service >"$work/latchkey.service"
    said=$(systemd-analyze verify "$work/latchkey.service" 2>&1 | grep -F latchkey.service)
    check systemd-unit "$said" test -z "$said"
fi

if ! command -v nginx >/dev/null; then
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light; } >/dev/null 2>&1 ||
        { bad nginx "it could not be installed"; exit 1; }
fi

# The nginx example with addresses of this machine. The second node is never there.
https=$(free_port) http=$(free_port) one=$(free_port) two=$(free_port)
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=keys.example.com \
    -keyout "$work/privkey.pem" -out "$work/fullchain.pem" 2>/dev/null
mkdir "$work/log"
{
    [ "$(id -u)" -eq 0 ] && echo 'user root;' # else its workers are somebody who may not enter this folder
    printf 'daemon off;\npid %s/nginx.pid;\nerror_log %s/log/start.log emerg;\nevents {}\nhttp {\n' "$work" "$work"
    for kind in client_body proxy fastcgi uwsgi scgi; do printf '%s_temp_path %s/%s;\n' "$kind" "$work" "$kind"; done
    sed -e "s#10\.0\.0\.11:5080#127.0.0.1:$one#; s#10\.0\.0\.12:5080#127.0.0.1:$two#" -e "s#/etc/ssl/latchkey/#$work/#; s#/var/log/nginx/#$work/log/#" \
        -e "s#listen 443#listen 127.0.0.1:$https#; s#listen 80#listen 127.0.0.1:$http#; /listen \[::\]/d" deploy/nginx.conf
    echo '}'
} >"$work/nginx.conf"
said=$(nginx -t -q -e "$work/log/start.log" -c "$work/nginx.conf" 2>&1) || { bad nginx-config "$said"; exit 1; }
ok nginx-config

nginx -e "$work/log/start.log" -c "$work/nginx.conf" &
proxy=$!
(
    cd "$work" || exit 1
    set -a
    # shellcheck source=/dev/null
    . "$OLDPWD/deploy/latchkey.env"
    Latchkey__DataDirectory=$work/data urls=http://127.0.0.1:$one exec "$work/out/latchkey" serve
) >"$work/log/node.log" 2>&1 &
node=$!

until_true deploy/healthy.sh "$one"
check health-check "$(cat "$work/log/node.log")" deploy/healthy.sh "$one"
check health-check-of-nothing "it says that a node that is not there is healthy" eval '! deploy/healthy.sh "$two" 2>/dev/null'

ask() { curl -sk --max-time 20 --resolve "keys.example.com:$https:127.0.0.1" "$@"; }
address=https://keys.example.com:$https
added=$("$work/out/latchkey" tenant add acme --name Acme --server "http://127.0.0.1:$one" --data "$work/data" --json)
ping=$(grep -o '/webhooks/gumroad/acme?token=[A-Za-z0-9]*' <<<"$added")
token=$(sed 's/.*"api_token":"\([^"]*\)".*/\1/' <<<"$added")
secret=${ping#*token=}

stored=0
for i in {1..12}; do
    [ "$(ask -o /dev/null -w '%{http_code}' -d "sale_id=sale-$i&resource_name=sale" "$address$ping")" = 200 ] && stored=$((stored + 1))
done
check pings-with-one-node-gone "$stored of 12 were stored" test "$stored" = 12

head -c 3000000 /dev/zero | tr '\0' a >"$work/large"
code=$(ask -o /dev/null -w '%{http_code}' --data-binary "@$work/large" "$address$ping")
check large-ping "it was answered $code" test "$code" = 200

# An open stream: its first message has to come through while it is open.
ask -N -H "Authorization: Bearer $token" "$address/v1/tenants/acme/entitlements/email:a@example.org/stream" >"$work/stream" &
stream=$!
check stream-is-not-held-back "no message came" until_true grep -q '^data:' "$work/stream"
kill "$stream" 2>/dev/null

# Both nodes gone: now nginx has something to complain of.
kill "$node"
wait "$node"
check stops-on-sigterm "exit code $?" test $? = 0
node=
code=$(ask -o /dev/null -w '%{http_code}' -d 'sale_id=late&resource_name=sale' "$address$ping")
check no-node-is-a-502 "it was $code" test "$code" = 502 # which Gumroad repeats
check paths-are-logged "$(ls "$work/log")" grep -qF '"POST /webhooks/gumroad/acme"' "$work/log/latchkey.log"
check no-secret-in-a-log "$(grep -rlF "$secret" "$work/log")" eval '[ -n "$secret" ] && ! grep -rqF "$secret" "$work/log"'

exit "$failed"
