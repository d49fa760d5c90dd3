#!/usr/bin/env bash
# Runs the simulator on PORT (8080) with the demonstration keys. It prints the commands that point a stack at it. ARGS are
# options of its own, such as ARGS='--job-duration 30s --log'.
set -euo pipefail
cd "$(dirname "$0")/.."

port=${PORT:-8080}
if (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  echo "Port $port is in use. Choose another: make simulator PORT=8081" >&2
  exit 1
fi

echo "Building the simulator. The first time takes some seconds."
build/quick.sh tests/Simulator
# shellcheck disable=SC2086 # ARGS are several words.
exec dotnet artifacts/quick/bin/Simulator/release/qingcloud-simulator.dll --port "$port" ${ARGS:-}
