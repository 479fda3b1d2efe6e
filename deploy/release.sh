#!/usr/bin/env bash
# Makes what a site installs, from the checkout: the program, sigx, their bills of materials, the image if its base is in reach, and their digests.
#   deploy/release.sh OUT [BASE-IMAGE]
set -euo pipefail
[ $# -ge 1 ] || { echo "Usage: deploy/release.sh OUT [BASE-IMAGE]" >&2; exit 2; }
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
SILO=silo/SignalExchange.Silo
SIGX=client-sdk/SignalExchange.Cli
mkdir -p "$1"
OUT=$(cd "$1" && pwd)
VERSION=$(dotnet msbuild "$SILO" -getProperty:Version)
NAME=signalexchange-$VERSION
PUBLISHED=$(mktemp -d)
trap 'rm -rf "$PUBLISHED"' EXIT

dotnet tool restore
dotnet publish "$SILO" -c Release -v quiet -nologo -o "$PUBLISHED/$NAME"
# Neither names, times nor rights of the machine that builds.
tar --create --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode='u=rwX,go=rX' --directory="$PUBLISHED" "$NAME" | gzip --no-name --best >"$OUT/$NAME.tar.gz"

deploy/bom.sh "$SILO" "$OUT/$NAME.cdx.json"

# sigx as a dotnet tool: SignalExchange.Cli.VERSION.nupkg, which dotnet tool install takes from a folder.
dotnet pack "$SIGX" -c Release -v quiet -nologo -o "$OUT"
deploy/bom.sh "$SIGX" "$OUT/$(basename "$SIGX").$VERSION.cdx.json"

if dotnet publish "$SILO" -c Release -v quiet -nologo -t:PublishContainer -p:ContainerArchiveOutputPath="$OUT/$NAME-image.tar.gz" ${2:+-p:ContainerBaseImage="$2"}; then :; else
  rm -f "$OUT/$NAME-image.tar.gz"
  echo "No image: its base was not in reach. Name a mirror: deploy/release.sh OUT registry.example/dotnet/aspnet:10.0-noble-chiseled-extra" >&2
fi

(cd "$OUT" && sha256sum "$NAME"* "$(basename "$SIGX").$VERSION."* >SHA256SUMS && cat SHA256SUMS)
