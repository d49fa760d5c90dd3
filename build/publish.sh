#!/usr/bin/env bash
# Publishes the plugin to bin/ as one self-contained file for this platform, in the best form that publishes here: native AOT,
# which needs its pack and a C toolchain, else ReadyToRun and trimmed. FORM=aot, r2r or portable asks for one form alone; OUT=DIR
# puts it elsewhere.
set -euo pipefail
cd "$(dirname "$0")/.."

out=${OUT:-bin}
rid=${RID:-$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)}

publish() {
  dotnet publish provider/Provider.csproj -c Release -o "$out" --nologo -v quiet "$@"
}

aot() {
  publish -r "$rid" -p:PublishAot=true
}

r2r() {
  dotnet build build/AllowPrecompile -c Release --nologo -v quiet -clp:NoSummary
  publish -r "$rid" --self-contained -p:PublishSingleFile=true -p:PublishTrimmed=true -p:PublishReadyToRun=true \
    -p:AllowPrecompile="$PWD/artifacts/bin/AllowPrecompile/release/AllowPrecompile.dll"
}

# Needs the .NET 10 runtime on the machine that runs it.
portable() {
  publish -r "$rid" --no-self-contained -p:PublishSingleFile=true
}

mkdir -p "$out"
case ${FORM:-best} in
  aot) aot; form="native AOT" ;;
  r2r) r2r; form="ReadyToRun, trimmed" ;;
  portable) portable; form="framework-dependent" ;;
  best)
    if problem=$(aot 2>&1); then
      form="native AOT"
    else
      echo "native AOT does not publish here: $(printf '%s\n' "$problem" | grep -m 1 -o 'error.*')"
      r2r
      form="ReadyToRun, trimmed"
    fi
    ;;
  *) echo "FORM is aot, r2r, portable or nothing" >&2; exit 2 ;;
esac
echo "published $out/pulumi-resource-qingcloud-mysql-standby for $rid: $form"
