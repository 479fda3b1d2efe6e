#!/usr/bin/env bash
# Writes a project's bill of materials (CycloneDX, JSON): every package that it brings along, with version, digest and licence.
#   deploy/bom.sh PROJECT FILE       the project has been restored, the tools, too
set -euo pipefail
[ $# -eq 2 ] || { echo "Usage: deploy/bom.sh PROJECT FILE" >&2; exit 2; }
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
NAME=$(basename "$1")
dotnet tool run dotnet-CycloneDX "$1/$NAME.csproj" --output "$(dirname "$2")" --filename "$(basename "$2")" --output-format Json \
  --disable-package-restore --no-serial-number --set-name "${NAME%.Silo}" --set-type Application \
  --set-version "$(dotnet msbuild "$1" -getProperty:Version)"
