#!/usr/bin/env bash
# The main job on the simulator: a link is brought up, the standby is promoted outside Pulumi, and the provider refuses to
# undo that. Where the pulumi CLI is on PATH it is used; elsewhere the tests' driver issues the same calls. ENGINE=driver
# asks for that one.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
simulator=
trap '[ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT

say() { printf '\n\033[1m=== %s\033[0m\n' "$*"; }
[ -t 1 ] || say() { printf '\n=== %s\n' "$*"; }

say "Building the plugin, the simulator and the driver. The demo takes about 45 s, two minutes on a busy machine."
build/quick.sh tests/Driver
bin=$PWD/artifacts/quick/bin

# A plugin that was built plainly needs the .NET that built it.
if [ -z "${DOTNET_ROOT:-}" ]; then
  DOTNET_ROOT=$(dotnet --list-sdks | sed -n '$s/.*\[\(.*\)\/sdk\]$/\1/p')
  export DOTNET_ROOT
fi

# The keys open nothing but the simulator.
access_key=QYSIMULATORDEMOKEYID
secret_key=simulator-demo-secret-key
: >"$work/simulator.log"
dotnet "$bin/Simulator/release/qingcloud-simulator.dll" --port 0 --job-duration 4s >>"$work/simulator.log" &
simulator=$!
until endpoint=$(sed -n 's/^listening on //p' "$work/simulator.log") && [ -n "$endpoint" ]; do
  kill -0 "$simulator" || { echo "the simulator did not start" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
address=${endpoint#http://}
address=${address%%/*}

# What a user does at QingCloud's console; curl may not be here.
console() {
  exec 3<>"/dev/tcp/${address%:*}/${address#*:}"
  printf 'POST /simulator/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' "$1" "$address" >&3
  cat <&3 >/dev/null
  exec 3>&-
}

# The program is a copy: it is edited at the end, and its plugin is the one that was just built.
mkdir "$work/program"
sed "s|path: ../../bin|path: $bin/Provider/release|" examples/yaml/Pulumi.yaml >"$work/program/Pulumi.yaml"

export PULUMI_CONFIG_PASSPHRASE=demo
if [ "${ENGINE:-}" != driver ] && command -v pulumi >/dev/null 2>&1; then
  export PULUMI_HOME="$work/home" PULUMI_BACKEND_URL="file://$work" PULUMI_SKIP_UPDATE_CHECK=true
  say "The engine is pulumi $(pulumi version), with a state of its own"
  stack=(--cwd "$work/program" --stack demo)
  pulumi stack init demo --cwd "$work/program" >/dev/null 2>&1
  pulumi config set --secret sourcePassword 'demo only' "${stack[@]}"
  pulumi config set qingcloud-mysql-standby:endpoint "$endpoint" "${stack[@]}"
  pulumi config set --secret qingcloud-mysql-standby:accessKeyId "$access_key" "${stack[@]}"
  pulumi config set --secret qingcloud-mysql-standby:secretAccessKey "$secret_key" "${stack[@]}"
  engine() {
    local options=(--diff --non-interactive --suppress-permalink=true)
    [ "$1" = preview ] || options+=(--yes --skip-preview)
    pulumi "$1" "${options[@]}" "${stack[@]}"
  }
else
  say "The engine is the tests' driver, because pulumi is not on the PATH"
  engine() {
    dotnet "$bin/Driver/release/driver.dll" "$@" --skip-preview --cwd "$work/program" --state "$work/demo.json" \
      --config "qingcloud-mysql-standby:endpoint=$endpoint" --secret "sourcePassword=demo only" \
      --secret "qingcloud-mysql-standby:accessKeyId=$access_key" \
      --secret "qingcloud-mysql-standby:secretAccessKey=$secret_key"
  }
fi

say "preview: what an up would do; it reads only"
engine preview

say "up: start_standby is submitted once, and its job is waited for"
engine up

say "A user promotes the standby at QingCloud's console. The next refresh finds it"
console "duration?service=promote_standby&duration=1ms"
console "promote?cluster=cl-ouhutv70"
engine refresh

say "preview: it refuses to undo the failover, and names the choices"
if engine preview; then
  echo "the preview should have refused" >&2
  exit 1
fi

say "The first choice, promoted: true in the program, accepts the failover"
edited=$(sed 's/^      syncWay: full$/&;      promoted: true/' "$work/program/Pulumi.yaml")
tr ';' '\n' <<<"$edited" >"$work/program/Pulumi.yaml"
engine preview
engine up
