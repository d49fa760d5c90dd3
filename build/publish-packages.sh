#!/usr/bin/env bash
# Publishes the packages in dist/: NuGet's two (with the key in NUGET_API_KEY) and npm's. For PyPI and Go, which are
# published by steps of the release's workflow, it lays the files out in artifacts/publish.
set -euo pipefail
cd "$(dirname "$0")/.."

rm -rf artifacts/publish
mkdir -p artifacts/publish/python artifacts/publish/go
cp dist/*.whl dist/pulumi_qingcloud_mysql_standby-"$VERSION".tar.gz artifacts/publish/python
tar -xzf dist/pulumi-qingcloud-mysql-standby-go-v"$VERSION".tar.gz -C artifacts/publish/go

for package in Pulumi.QingCloudMySqlStandby Pulumi.QingCloudMySqlStandby.Simulator; do
  dotnet nuget push "dist/$package.$VERSION.nupkg" --source nuget.org --api-key "$NUGET_API_KEY" --skip-duplicate
done
npm publish "dist/pulumi-qingcloud-mysql-standby-$VERSION.tgz" --access public --provenance
