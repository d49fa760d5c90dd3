#!/usr/bin/env bash
# Writes what a release holds to dist/ (or OUT): an archive of the plugin for each platform, the packages of the SDKs,
# the simulator as a .NET tool, the schema, the bill of materials and SHA256SUMS. DIST_PLATFORMS and DIST_PARTS choose. A line on standard error names
# each part that this machine cannot make. Archives and the NuGet package are the same, byte by byte, for the same
# commit and .NET SDK.
set -euo pipefail
cd "$(dirname "$0")/.."
build/need-sdk.sh

platforms=${DIST_PLATFORMS:-linux-amd64 linux-arm64 darwin-amd64 darwin-arm64 windows-amd64}
parts=${DIST_PARTS:-plugins dotnet simulator nodejs python go sbom}
mkdir -p "${OUT:=dist}"
out=$(cd "$OUT" && pwd)
work=$PWD/artifacts/dist
export OUT=$out SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}
if [ "$OUT" != dist ] && [ -n "$(ls -A "$out")" ] && [ ! -f "$out/SHA256SUMS" ]; then
  echo "OUT=$OUT holds other things; name an empty folder" >&2
  exit 2
fi
rm -rf "${out:?}"/* "$work"
mkdir -p "$work"

left_out() { echo "left out: $1" >&2; }

# macOS's own tar cannot sort.
tar=$(command -v gtar || command -v tar)
archive() { # NAME FOLDER
  (cd "$2" && "$tar" --sort=name --format=ustar --mtime="@$SOURCE_DATE_EPOCH" --owner=0 --group=0 --numeric-owner \
    --mode=u=rwX,go=rX -c -- *) | gzip -n >"$out/$1.tar.gz"
}

notices() {
  local sdk
  sdk=$(dotnet msbuild Directory.Build.props -getProperty:MSBuildExtensionsPath)
  cat THIRD-PARTY-NOTICES.txt "$sdk/../../LICENSE.txt" "$sdk/../../ThirdPartyNotices.txt"
}

plugin() { # PLATFORM
  local rid=$1 form=self-contained files=$work/$1 published=$work/published-$1 extension=
  rid=${rid/darwin/osx} rid=${rid/windows/win} rid=${rid/amd64/x64}
  [ "$rid" != "$own_rid" ] || form=
  [[ $rid != win-* ]] || extension=.exe
  if ! FORM=$form RID=$rid OUT=$published build/publish.sh >"$work/log" 2>&1; then
    grep -q 'error NU110[12]' "$work/log" || { cat "$work/log" >&2; return 1; }
    left_out "the plugin for $1, as .NET's packs for $rid do not restore here"
    return
  fi
  tail -n 1 "$work/log"
  mkdir "$files"
  cp "$published/pulumi-resource-qingcloud-mysql-standby$extension" LICENSE "$files"
  notices >"$files/THIRD-PARTY-NOTICES.txt"
  archive "pulumi-resource-qingcloud-mysql-standby-v$VERSION-$1" "$files"
}

plugins() {
  own_rid=$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)
  for platform in $platforms; do
    plugin "$platform"
  done
}

dotnet_package() {
  local restores
  restores=$(build/pulumi-restores.sh)
  [ "$restores" = true ] || return 0
  dotnet pack sdk/dotnet -c Release -o "$out" --nologo -v quiet -p:Shipped=true
}

# A .NET tool: users try a switchover on the simulator before they trust the provider with a cluster.
simulator_package() {
  dotnet pack tests/Simulator -c Release -o "$out" --nologo -v quiet -p:Shipped=true
}

# Pulumi's own generator makes the other SDKs.
generate() { # LANGUAGE
  if ! command -v pulumi >/dev/null || ! command -v "pulumi-language-$1" >/dev/null; then
    left_out "the $1 package, as pulumi with its language host for $1 is not on the PATH"
    return 1
  fi
  pulumi package gen-sdk --language "$1" --out "$work/sdk" schema.json >/dev/null && cp LICENSE "$work/sdk/$1"
}

nodejs_package() {
  generate nodejs || return 0
  cd "$work/sdk/nodejs"
  npm install --ignore-scripts --no-audit --no-fund --silent
  npx --no-install tsc
  cp LICENSE README.md package.json bin
  npm pack ./bin --pack-destination "$out" --silent
}

python_package() {
  if ! (cd "$work" && python3 -c 'import build, setuptools') 2>/dev/null; then
    left_out "the python package, as python3 lacks build or setuptools (pip install build setuptools)"
    return
  fi
  generate python || return 0
  cd "$work/sdk/python"
  # PyPI's page shows the file beside pyproject.toml; the generator writes it one folder below.
  cp pulumi_qingcloud_mysql_standby/README.md .
  python3 -m build --no-isolation --outdir "$out" >"$work/log" || { cat "$work/log" >&2; return 1; }
}

go_package() {
  if ! command -v go >/dev/null; then
    left_out "the go package, as go is not on the PATH"
    return
  fi
  generate go || return 0
  # init asks for the Go that is here; tidy raises the version to what Pulumi's SDK needs.
  (
    cd "$work/sdk/go"
    go mod init github.com/pulumi-qingcloud/pulumi-qingcloud-mysql-standby/sdk/go
    go mod edit -go=1.21
    go mod tidy
  )
  archive "pulumi-qingcloud-mysql-standby-go-v$VERSION" "$work/sdk/go"
}

sbom() {
  dotnet tool restore >/dev/null
  dotnet tool run dotnet-CycloneDX provider/Provider.csproj --exclude-dev \
    --output "$out" --filename sbom.cdx.json --output-format Json \
    --set-name pulumi-resource-qingcloud-mysql-standby --set-version "$VERSION" --set-type Application >/dev/null
}

for part in $parts; do
  case $part in
    plugins | sbom) "$part" ;;
    dotnet | simulator | nodejs | python | go) ("${part}_package") ;;
    *) echo "DIST_PARTS are plugins, dotnet, simulator, nodejs, python, go and sbom" >&2; exit 2 ;;
  esac
done
cp schema.json "$out"
build/sums.sh
du -h -- "$out"/*
