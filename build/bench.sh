#!/usr/bin/env bash
# Measures what the provider costs: prints tables, writes artifacts/bench.json and draws docs/images, all in one run.
# PARTS="calls refresh startup throughput signing growth" chooses, ROUNDS=N sets how often each process is started (15).
set -euo pipefail
cd "$(dirname "$0")/.."

published=artifacts/bench
mkdir -p "$published"

# A form that does not publish here, such as native AOT without its pack, is left out of the tables.
plugin() {
  local out=$published/$1
  if FORM=$1 OUT=$out build/publish.sh >"$published/$1.log" 2>&1; then
    echo "$out/pulumi-resource-qingcloud-mysql-standby"
  else
    echo "the plugin does not publish as $1 here: $(grep -m 1 -o 'error.*' "$published/$1.log" | cut -c1-120)" >&2
  fi
}

# What every .NET program pays; outside the repository, so that none of its settings apply. It waits to have its memory
# read.
hello() {
  local source
  source=$(mktemp -d)
  cat >"$source/hello.csproj" <<'PROJECT'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
</Project>
PROJECT
  echo 'System.Console.WriteLine("Hello, World!"); System.Console.ReadLine();' >"$source/Program.cs"
  dotnet publish "$source" -c Release -o "$published/hello" --nologo -v quiet >&2
  rm -rf "$source"
  echo "$published/hello/hello"
}

case ${PARTS:-startup} in
  *startup* | *throughput* | *growth*)
    BENCH_HELLO=$(hello)
    BENCH_PORTABLE=$(plugin framework-dependent)
    BENCH_SELF_CONTAINED=$(plugin self-contained)
    BENCH_AOT=$(plugin aot)
    export BENCH_HELLO BENCH_PORTABLE BENCH_SELF_CONTAINED BENCH_AOT
    ;;
esac
dotnet run --project tests/Benchmarks -c Release -- artifacts/bench.json docs/images
echo "wrote artifacts/bench.json and the plots in docs/images"
