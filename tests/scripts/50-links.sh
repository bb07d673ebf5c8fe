#!/usr/bin/env bash
# Purchase links of an app with Latchkey inside, on two nodes over one PostgreSQL: everybody uses one at once; nodes are killed meanwhile.
# ROUNDS=50 is the whole of it; ./test takes fewer. SEED=… repeats a run's choices. Builds what is missing, leaves nothing running.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.." || exit 1
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
readonly LINKS=tests/links/bin/Release/net10.0/Latchkey.Links.dll

dotnet build tests/links -c Release --nologo -v quiet || { echo "FAILED links: the build"; exit 1; }

failed=0
dotnet "$LINKS" race ${SEED:+--seed "$SEED"} || failed=1
dotnet "$LINKS" kill9 --rounds "${ROUNDS:-5}" ${SEED:+--seed "$SEED"} || failed=1
exit "$failed"
