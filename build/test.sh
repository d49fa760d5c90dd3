#!/usr/bin/env bash
# Builds everything, runs every test, prints the provider's line coverage, names what was skipped and why, and ends with one line
# of totals. Fails when a test fails, when a project runs no test, or when coverage is under the minimum.
set -uo pipefail
cd "$(dirname "$0")/.."

# A job that a shell started in the background ignores SIGINT, which a shell cannot take back: the tests of Ctrl-C need it.
if [ -z "${SIGINT_RESTORED:-}" ] && env --default-signal=INT true 2>/dev/null; then
  SIGINT_RESTORED=1 exec env --default-signal=INT,QUIT build/test.sh
fi

min_coverage=${MIN_COVERAGE:-95}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

build/need-sdk.sh || exit 1
PulumiRestores=$(build/pulumi-restores.sh) || exit 1
export PulumiRestores

dotnet build Pulumi.QingCloudMySqlStandby.sln -c Release --nologo -v quiet -clp:NoSummary || exit 1

# A young generation of 256 MB saves a fifth of the time of the random histories, which allocate fast and keep little.
export DOTNET_GCgen0size=0x10000000

# The published plugin is built apart (artifacts/shipped).
publish() {
  build/publish.sh >"$results/publish.log" 2>&1 || touch "$results/publish.failed"
  cat "$results/publish.log"
}

run() {
  touch "$results/$1.running"
  local coverage=()
  # Coverage is of the provider's own tests: where tests start plugins from their own folder, the instrumented processes would all
  # write to one file as they end, and some would crash over it.
  if [ "$1" = Provider.Tests ]; then
    coverage=(--settings build/coverage.runsettings --collect "XPlat Code Coverage")
  fi
  dotnet test "tests/$1" -c Release --no-build --nologo -v quiet ${coverage[@]+"${coverage[@]}"} \
    --logger "trx;LogFileName=$1.trx" --results-directory "$results/$1" >"$results/$1.log" 2>&1 || touch "$results/$1.failed"
  rm -f "$results/$1.running"
  printf '== %s\n%s\n' "$1" "$(cat "$results/$1.log")"
}

# A test project says nothing until it has ended.
progress() {
  while sleep 20 >/dev/null 2>&1; do
    printf '%s s: running %s\n' "$SECONDS" "$(cd "$results" && ls -- *.running 2>/dev/null | sed 's/\.running$//' | paste -sd' ')"
  done
}

# The published plugin, and those that need it or build parts of the repository themselves: one after the other.
one_by_one() {
  publish
  for name in $builders; do run "$name"; done
}
export -f publish run one_by_one
export results builders="EndToEnd.Tests Sdk.Tests"

progress &
progress=$!
trap 'kill "$progress" 2>/dev/null' EXIT

# Two at a time, as most wait now and then. Of the others the quickest come last.
others=$(cd tests && ls -d -- *.Tests | grep -vxF "${builders// /$'\n'}" | sort -r)
{ echo one_by_one; printf 'run %s\n' $others; } | xargs -P 2 -I {} bash -c {}

dotnet run build/TestSummary.cs -- "$results" "$min_coverage"
summary=$?
if compgen -G "$results/*.failed" >/dev/null; then
  exit 1
fi
exit "$summary"
