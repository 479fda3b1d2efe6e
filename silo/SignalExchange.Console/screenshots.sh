#!/usr/bin/env bash
# Makes the pictures in screenshots/ anew: every page after the demo's story, with all its identifiers, on a desk and in dark on a phone.
set -euo pipefail
cd "$(dirname "$0")/../.."
rm -f silo/SignalExchange.Console/screenshots/*.png
dotnet build tests/SignalExchange.Browser.Tests -c Release -v quiet -nologo
SIGNALEXCHANGE_SCREENSHOTS="$PWD/silo/SignalExchange.Console/screenshots" dotnet run --no-build --project tests/SignalExchange.Browser.Tests -c Release -- \
  -noColor -noLogo -method "*.EveryPageTests.*" -method "*.A_refusal_can_be_read_by_everybody"
