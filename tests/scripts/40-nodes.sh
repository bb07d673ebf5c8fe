#!/usr/bin/env bash
# Two nodes over one PostgreSQL behind nginx, broken under load. SECONDS_OF_LOAD=60 is the whole of it; ./test takes less.
# SEED=… repeats a run's choices. Builds what is missing, leaves nothing running.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
readonly NODES=tests/nodes/bin/Release/net10.0/Latchkey.Nodes.dll
readonly SERVER=src/Latchkey.Server/bin/Release/net10.0/Latchkey.Server.dll

[ -x /usr/sbin/nginx ] || command -v nginx >/dev/null || { echo "FAILED nodes: nginx is not installed"; exit 1; }
dotnet build tests/nodes -c Release --nologo -v quiet || { echo "FAILED nodes: the build"; exit 1; } # builds the server, too

failed=0
for check in load cut-off full-pool frozen; do
    dotnet "$NODES" "$check" --server "$SERVER" --seconds "${SECONDS_OF_LOAD:-12}" ${SEED:+--seed "$SEED"} || failed=1
done
exit "$failed"
