#!/usr/bin/env bash
# Builds projects for `make simulator` and `make demo` in seconds: without the analyzers, which take most of the time of
# a build, and apart from other builds (artifacts/quick), which must not skip the analyzers for it.
# Use: build/quick.sh PROJECT...
set -euo pipefail
cd "$(dirname "$0")/.."
build/need-sdk.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for project in "$@"; do
  dotnet build "$project" -c Release --nologo --tl:off -v minimal -clp:NoSummary -p:ArtifactsPath="$PWD/artifacts/quick" \
    -p:RunAnalyzers=false -p:EnforceCodeStyleInBuild=false 2>&1 | tee "$log" |
    sed -nu 's/^ *Restored .*\/\([A-Za-z.]*\)\.csproj.*/  restored the packages of \1/p; s/^ *\([A-Za-z.]*\) -> .*/  built \1/p' ||
    { cat "$log" >&2; exit 1; }
done
