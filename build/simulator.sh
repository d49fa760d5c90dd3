#!/usr/bin/env bash
# Runs the simulator on PORT (8080) with the demonstration keys. It prints the commands that point a stack at it. ARGS are
# options of its own, such as ARGS='--job-duration 30s --log'.
set -euo pipefail
cd "$(dirname "$0")/.."

echo "Building the simulator. The first time takes some seconds."
build/quick.sh tests/Simulator
# shellcheck disable=SC2086 # ARGS are several words.
exec dotnet artifacts/quick/bin/Simulator/release/qingcloud-simulator.dll --port "${PORT:-8080}" ${ARGS:-}
