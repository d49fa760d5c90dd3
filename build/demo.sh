#!/usr/bin/env bash
# The main job on the simulator: examples/yaml is previewed, brought up, refreshed, failed over behind Pulumi's back, and destroyed.
# Where the pulumi CLI is on PATH it is used; elsewhere the tests' driver issues the same calls. ENGINE=driver asks for that one.
set -euo pipefail
cd "$(dirname "$0")/.."

work=$(mktemp -d)
trap 'kill "$simulator" 2>/dev/null || true; rm -rf "$work"' EXIT

echo "building the simulator and the driver; the first time takes a minute or two"
for project in Simulator Driver; do
  dotnet build "tests/$project" -c Release --nologo -v quiet >"$work/build.log" || { cat "$work/build.log" >&2; exit 1; }
done

# The keys open nothing but the simulator.
access_key=QYSIMULATORDEMOKEYID
secret_key=simulator-demo-secret-key
: >"$work/simulator.log"
artifacts/bin/Simulator/release/qingcloud-simulator --port 0 --job-duration 4s >>"$work/simulator.log" &
simulator=$!
until endpoint=$(sed -n 's/^listening on //p' "$work/simulator.log") && [ -n "$endpoint" ]; do
  kill -0 "$simulator" || { echo "the simulator did not start" >&2; exit 1; }
  read -rt 0.1 <> <(:) || true
done
address=${endpoint#http://}
address=${address%%/*}

# What somebody does at QingCloud's console; curl may not be here.
console() {
  exec 3<>"/dev/tcp/${address%:*}/${address#*:}"
  printf 'POST /simulator/%s HTTP/1.1\r\nHost: %s\r\nContent-Length: 0\r\nConnection: close\r\n\r\n' "$1" "$address" >&3
  cat <&3 >/dev/null
  exec 3>&-
}

export PULUMI_CONFIG_PASSPHRASE=demo
if [ "${ENGINE:-}" != driver ] && command -v pulumi >/dev/null 2>&1; then
  export PULUMI_HOME="$work/home" PULUMI_BACKEND_URL="file://$work" PULUMI_SKIP_UPDATE_CHECK=true
  echo "engine: pulumi $(pulumi version)"
  stack=(--cwd examples/yaml --stack demo --config-file "$work/Pulumi.demo.yaml")
  pulumi stack init demo --cwd examples/yaml >/dev/null 2>&1
  pulumi config set --secret sourcePassword 'demo only' "${stack[@]}"
  pulumi config set qingcloud-mysql-standby:endpoint "$endpoint" "${stack[@]}"
  pulumi config set --secret qingcloud-mysql-standby:accessKeyId "$access_key" "${stack[@]}"
  pulumi config set --secret qingcloud-mysql-standby:secretAccessKey "$secret_key" "${stack[@]}"
  engine() {
    local yes=(--yes --skip-preview)
    [ "$1" = preview ] && yes=()
    pulumi "$1" "${yes[@]}" --non-interactive --color never "${stack[@]}"
  }
else
  echo "engine: the tests' driver (no pulumi on PATH)"
  engine() {
    artifacts/bin/Driver/release/driver "$@" --skip-preview --cwd examples/yaml --state "$work/demo.json" \
      --config "qingcloud-mysql-standby:endpoint=$endpoint" --secret "sourcePassword=demo only" \
      --secret "qingcloud-mysql-standby:accessKeyId=$access_key" \
      --secret "qingcloud-mysql-standby:secretAccessKey=$secret_key"
  }
fi

say() { printf '\n=== %s\n' "$*"; }

say "preview: what an up would do; it reads only"
engine preview

say "up: start_standby is submitted once, and its job waited for"
engine up

say "refresh: the link is as it was left"
engine refresh

say "somebody promotes the standby at QingCloud's console"
console "duration?service=promote_standby&duration=1ms"
console "promote?cluster=cl-ouhutv70"

say "refresh: the failover is found"
engine refresh

say "preview: refuses to undo it, and names the choices"
if engine preview; then
  echo "the preview should have refused" >&2
  exit 1
fi

say "destroy: a promoted standby is left alone"
engine destroy
