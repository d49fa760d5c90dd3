#!/usr/bin/env bash
# Writes SHA256SUMS of all other files in dist/ (or OUT).
set -euo pipefail
cd "$(dirname "$0")/.."
cd "${OUT:-dist}"

rm -f SHA256SUMS
sha256sum -- * >SHA256SUMS.new
mv SHA256SUMS.new SHA256SUMS
