#!/usr/bin/env bash
# Publishes the plugin to bin/ as one file for this platform that needs no .NET on the machine: native AOT, which starts
# fastest and is built where its pack restores and a C toolchain links it, else self-contained. FORM=aot, self-contained
# or framework-dependent asks for one form alone; OUT=DIR puts it elsewhere; RID=linux-arm64 is for another platform.
set -euo pipefail
cd "$(dirname "$0")/.."
build/need-sdk.sh

out=${OUT:-bin}
rid=${RID:-$(dotnet --info | sed -n 's/^ *RID: *//p' | head -n 1)}

publish() {
  local options
  case $1 in
    aot) options=(-p:PublishAot=true) ;;
    self-contained) options=(--self-contained -p:PublishSingleFile=true) ;;
    framework-dependent) options=(--no-self-contained -p:PublishSingleFile=true) ;;
    *) echo "FORM is aot, self-contained, framework-dependent or nothing" >&2; return 2 ;;
  esac
  dotnet publish provider/Provider.csproj -c Release -r "$rid" -o "$out/.new" --nologo -v quiet \
    -p:Shipped=true "${options[@]}"
}

mkdir -p "$out"
rm -rf "$out/.new"
form=${FORM:-aot}
[ "$form" != aot ] || echo "compiling to native code; this takes one to five minutes"
why=
if [ -n "${FORM:-}" ]; then
  publish "$form"
elif ! problem=$(publish aot 2>&1); then
  form=self-contained
  why=", as native AOT does not publish here: $(printf '%s\n' "$problem" | grep -m 1 -o 'error.*' || true)"
  publish "$form"
fi

# A running plugin's file cannot be written to, but another one can take its name.
mv -f "$out/.new/"* "$out/"
rmdir "$out/.new"
echo "published $out/pulumi-resource-qingcloud-mysql-standby for $rid: $form$why"
