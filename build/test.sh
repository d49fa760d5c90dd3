#!/usr/bin/env bash
# Builds everything, runs every test, prints the provider's line coverage, names what was skipped and why, and ends with one line
# of totals. Fails when a test fails, when a project runs no test, or when coverage is under the minimum.
set -uo pipefail
cd "$(dirname "$0")/.."

# A job that a shell started in the background ignores SIGINT, which a shell cannot take back: the tests of Ctrl-C need it.
if [ -z "${SIGINT_RESTORED:-}" ] && env --default-signal=INT true 2>/dev/null; then
  SIGINT_RESTORED=1 exec env --default-signal=INT,QUIT build/test.sh
fi

min_coverage=${MIN_COVERAGE:-90}
results=artifacts/test-results
rm -rf "$results"
mkdir -p "$results"

build/need-sdk.sh || exit 1
PulumiRestores=$(build/pulumi-restores.sh) || exit 1
export PulumiRestores

build/publish.sh || exit 1
dotnet build Pulumi.QingCloudMySqlStandby.sln -c Release --nologo -v quiet -clp:NoSummary || exit 1

failed_projects=()
# A young generation of 256 MB saves a fifth of the time of the random histories, which allocate fast and keep little.
export DOTNET_GCgen0size=0x10000000
for project in tests/*.Tests/*.csproj; do
  name=$(basename "$project" .csproj)
  echo "== $name"
  # Coverage is of the layers' own tests: where tests start plugins from their own folder, the instrumented processes would all
  # write to one file as they end, and some would crash over it.
  case "$name" in
    Plugin.Tests | QingCloud.Tests | Standby.Tests)
      coverage=(--settings build/coverage.runsettings --collect "XPlat Code Coverage") ;;
    *) coverage=() ;;
  esac
  dotnet test "$project" -c Release --no-build --nologo -v quiet ${coverage[@]+"${coverage[@]}"} \
    --logger "trx;LogFileName=$name.trx" --results-directory "$results/$name" \
    || failed_projects+=("$name")
done

dotnet run --project build/TestSummary -c Release --no-build -- "$results" "$min_coverage"
summary=$?
if [ "${#failed_projects[@]}" -gt 0 ]; then
  exit 1
fi
exit "$summary"
