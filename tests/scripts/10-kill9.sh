#!/usr/bin/env bash
# kill -9 under load, and a flush before every answer. ROUNDS=20 is the whole of it; ./test takes fewer.
# SEED=… repeats a run's moments. Builds what is missing, leaves nothing running.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
readonly CRASH=tests/crash/bin/Release/net10.0/Latchkey.Crash.dll
readonly SERVER=src/Latchkey.Server/bin/Release/net10.0/Latchkey.Server.dll

dotnet build tests/crash -c Release --nologo -v quiet || { echo "FAILED kill9: the build"; exit 1; } # builds the server, too

failed=0
dotnet "$CRASH" kill9 --server "$SERVER" --rounds "${ROUNDS:-4}" ${SEED:+--seed "$SEED"} || failed=1

if ! command -v strace >/dev/null; then
    root=()
    [ "$(id -u)" -eq 0 ] || root=(sudo -n)
    { "${root[@]}" apt-get update -qq && "${root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends strace; } >/dev/null 2>&1 ||
        { echo "FAILED flush-per-commit: strace could not be installed"; exit 1; }
fi
dotnet "$CRASH" flushes --server "$SERVER" || failed=1
exit "$failed"
