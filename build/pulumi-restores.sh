#!/usr/bin/env bash
# Prints true where the NuGet package Pulumi restores, false where the sources here lack it or a package that it needs. Any other
# restore error (a source that cannot be reached, a bad file) is an error: tests must not be skipped for it.
# Use: PulumiRestores=$(build/pulumi-restores.sh) || exit 1; export PulumiRestores
set -uo pipefail
cd "$(dirname "$0")/.."

# Beside Pulumi the SDK's project refers to an analyzer, which must restore.
if output=$(DOTNET_CLI_UI_LANGUAGE=en dotnet restore sdk/dotnet --nologo -v quiet 2>&1); then
  echo true
  exit 0
fi

errors=$(grep -E 'error( [A-Z]+[0-9]+)?: ' <<<"$output" | sort -u)
lacking=$(grep -E 'error NU110[12]: Unable to find package [A-Za-z0-9.]+' <<<"$errors" | grep -Ev 'package (Microsoft\.[A-Za-z]*\.App|Microsoft\.CodeAnalysis\.)')
if [ -n "$errors" ] && [ "$errors" = "$lacking" ]; then
  echo "the package Pulumi does not restore from this machine's NuGet sources: what needs it is left out" >&2
  echo false
  exit 0
fi

printf '%s\n' "$output" >&2
exit 1
