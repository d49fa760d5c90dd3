#!/usr/bin/env bash
# Records `make demo` as docs/images/demo.svg, 100 columns wide and in colour. Its first frame is the end of the
# recording, so that a page which does not play it shows what the demonstration is about.
set -euo pipefail
cd "$(dirname "$0")/.."

need() {
  command -v "$1" >/dev/null 2>&1 || { echo "make recording needs $1: $2" >&2; exit 1; }
}

need script "it is part of util-linux"
need npx "it comes with Node.js"

columns=100 rows=36
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
build/quick.sh tests/Driver >/dev/null
script --quiet --return --command "stty cols $columns rows $rows; exec build/demo.sh" \
  --log-out "$work/output" --log-timing "$work/timing" </dev/null

# The log begins with a line about itself; each line of the timing is "seconds bytes". Pauses are shortened. The end is
# shown for three seconds, then the screen is cleared and the recording plays.
node - "$work" "$columns" "$rows" >"$work/demo.cast" <<'JS'
const { readFileSync } = require("node:fs");
const [work, columns, rows] = process.argv.slice(2);
const log = readFileSync(`${work}/output`);
let position = log.indexOf("\n") + 1;
let time = 3;
const decoder = new TextDecoder();
const events = readFileSync(`${work}/timing`, "utf8").trim().split("\n").map(line => {
    const [pause, bytes] = line.split(" ").map(Number);
    time += Math.min(pause, 1.5);
    position += bytes;
    return [time, "o", decoder.decode(log.subarray(position - bytes, position), { stream: true })];
});
const lines = events.map(event => event[2]).join("").trimEnd().split("\n");
const end = lines.slice(1 - rows).join("\n");
const header = { version: 2, width: Number(columns), height: Number(rows) };
const cast = [header, [0, "o", end], [3, "o", "\x1b[0m\x1b[2J\x1b[H"], ...events];
console.log(cast.map(line => JSON.stringify(line)).join("\n"));
JS
npx --yes svg-term-cli@2.1.1 --in "$work/demo.cast" --out docs/images/demo.svg --window --no-cursor >/dev/null
echo "wrote docs/images/demo.svg"
