#!/usr/bin/env bash
# Says in a line what this machine lacks to build anything, and how to get it.
set -euo pipefail
cd "$(dirname "$0")/.."

if ! dotnet --version >/dev/null 2>&1; then
  wanted=$(sed -n 's/.*"version": "\([0-9]*\.[0-9]*\).*/\1/p' global.json)
  found=$(dotnet --list-sdks 2>/dev/null | cut -d ' ' -f 1 | paste -sd ' ' - || true)
  echo "needs the .NET SDK $wanted (here: ${found:-none}): https://dotnet.microsoft.com/download/dotnet/$wanted" >&2
  exit 1
fi
