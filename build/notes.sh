#!/usr/bin/env bash
# Prints the section of CHANGELOG.md on this version. TAG=v1.2.3 is the tag that is released: it must be this version's.
set -euo pipefail
cd "$(dirname "$0")/.."

if [ "${TAG:-v$VERSION}" != "v$VERSION" ]; then
  echo "the tag is $TAG, and schema.json says $VERSION" >&2
  exit 1
fi

notes=$(awk -v heading="## $VERSION" '/^## /{inside = index($0 " ", heading " ") == 1; next} inside' CHANGELOG.md)
if [ -z "${notes//[[:space:]]/}" ]; then
  echo "CHANGELOG.md has no section '## $VERSION'" >&2
  exit 1
fi
printf '%s\n' "$notes"
