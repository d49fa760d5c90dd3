#!/usr/bin/env bash
# Records `make demo` as docs/images/demo.svg.
set -euo pipefail
cd "$(dirname "$0")/.."

need() {
  command -v "$1" >/dev/null 2>&1 || { echo "make recording needs $1: $2" >&2; exit 1; }
}

need asciinema "apt-get install asciinema"
need npx "it comes with Node.js"

cast=$(mktemp)
trap 'rm -f "$cast"' EXIT
asciinema rec --overwrite --quiet --cols 118 --rows 36 --idle-time-limit 1.5 --command build/demo.sh "$cast"
npx --yes svg-term-cli@2.1.1 --in "$cast" --out docs/images/demo.svg --window --no-cursor >/dev/null
echo "wrote docs/images/demo.svg"
