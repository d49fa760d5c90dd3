#!/usr/bin/env bash
# Plays HISTORIES random histories (default 1000000), history n with the seed SEED + n (default 1), in parts of BATCH.
# Prints how far it came at least every 20 seconds, and in the end the totals: what was reached, and what each limit excused.
# Fails at the first part that breaks a promise, with the scripts to paste, and when something never occurred.
set -uo pipefail
cd "$(dirname "$0")/.."

histories=${HISTORIES:-1000000}
seed=${SEED:-1}
batch=${BATCH:-50000}

build/need-sdk.sh || exit 1
echo "building"
dotnet build tests/Histories.Tests -c Release --nologo -v quiet -clp:NoSummary || exit 1
test_binary=artifacts/bin/Histories.Tests/release/QingCloudMySqlStandby.Histories.Tests

# A young generation of 256 MB saves a fifth of the time: simulated days allocate fast and keep little. Code that is
# compiled again for what it does most pays in a long run.
export DOTNET_GCgen0size=0x10000000 DOTNET_TieredPGO=1 DOTNET_TC_QuickJit=1

totals=$(mktemp -d)
trap 'rm -rf "$totals"' EXIT
started=$(date +%s)
played=0
while [ "$played" -lt "$histories" ]; do
  count=$((histories - played < batch ? histories - played : batch))
  if ! TOTALS=$totals/$played HISTORIES=$count SEED=$((seed + played)) "$test_binary" -noLogo -noColor \
    -method '*No_history_breaks*' >"$totals/report"; then
    cat "$totals/report"
    echo "a promise was broken among the histories of seeds $((seed + played)) to $((seed + played + count - 1))"
    exit 1
  fi
  played=$((played + count))
  echo "$played of $histories histories, $(($(date +%s) - started)) s, no promise broken"
done

# Each part has written lines of a number and what was seen so often; 0 stands for what histories can lead to.
sums=$(cat "$totals"/[0-9]* | awk '{ times = $1; $1 = ""; sum[$0] += times } END { for (what in sum) printf "%9d%s\n", sum[what], what }' | sort -k2)
printf '%s\n' "$sums"
echo "soaked: $played histories from seed $seed in $(($(date +%s) - started)) s, 0 broken"
if grep -q '^ *0 ' <<<"$sums"; then
  echo "what has a 0 above never occurred"
  exit 1
fi
