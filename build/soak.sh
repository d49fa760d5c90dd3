#!/usr/bin/env bash
# Lives through HISTORIES random histories of the model-based test (default 1000000), history n with the seed SEED + n (default 1).
# Prints how far it got after each batch, and the totals; ends at the first batch that breaks a promise, with the script to paste.
set -uo pipefail
cd "$(dirname "$0")/.."

histories=${HISTORIES:-1000000}
seed=${SEED:-1}
batch=${BATCH:-100000}

dotnet build tests/Reliability.Tests -c Release --nologo -v quiet || exit 1
test_binary=artifacts/bin/Reliability.Tests/release/QingCloudMySqlStandby.Reliability.Tests

# A young generation of 256 MB saves a fifth of the time: simulated days allocate fast and keep little.
export DOTNET_GCgen0size=0x10000000

# What make test cannot afford pays here: code that is compiled again for what it does most.
export DOTNET_TieredPGO=1 DOTNET_TC_QuickJit=1

started=$(date +%s)
lived=0
while [ "$lived" -lt "$histories" ]; do
  count=$((histories - lived < batch ? histories - lived : batch))
  if ! report=$(HISTORIES=$count SEED=$((seed + lived)) "$test_binary" -noLogo -noColor -method '*RandomHistories*' 2>&1); then
    printf '%s\n' "$report"
    echo "a promise was broken among the histories of seeds $((seed + lived)) to $((seed + lived + count - 1))"
    exit 1
  fi
  lived=$((lived + count))
  echo "$lived of $histories histories, $(($(date +%s) - started)) s, no promise broken"
done
echo "soaked: $lived histories from seed $seed in $(($(date +%s) - started)) s, 0 broken"
