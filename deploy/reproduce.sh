#!/usr/bin/env bash
# Builds the checkout twice, in two folders of different names, and compares what comes out byte by byte.
#   deploy/reproduce.sh [PROJECT]     the exchange with all that it is made of, or another project with all of its
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
PROJECT=${1:-silo/SignalExchange.Silo}
WORK=$(mktemp -d)
trap 'rm -rf "$WORK"' EXIT

# What git knows or would add, as it lies here; no history, so both are the same revision: none.
copy() {
  mkdir -p "$1"
  git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for file; do [ -e "$file" ] && printf "%s\0" "$file"; done' sh |
    tar --null --files-from=- --create | tar --extract --directory="$1"
}

build() { (cd "$1" && dotnet build "$PROJECT" -c Release -v quiet -nologo -p:RunAnalyzers=false); }

# Our own assemblies, their symbols and documentation, wherever they lie.
digests() {
  (cd "$1" && find . -path '*/bin/Release/*' -name 'SignalExchange.*' \( -name '*.dll' -o -name '*.pdb' -o -name '*.xml' \) -print0 | sort -z | xargs -0 sha256sum)
}

copy "$WORK/one"
copy "$WORK/two/a folder of another length"
build "$WORK/one"
build "$WORK/two/a folder of another length"
digests "$WORK/one" >"$WORK/one.sums"
digests "$WORK/two/a folder of another length" >"$WORK/two.sums"
[ -s "$WORK/one.sums" ] || { echo "Nothing was built." >&2; exit 1; }
diff "$WORK/one.sums" "$WORK/two.sums"
printf '%s files of %s are the same in both builds.\n' "$(wc -l <"$WORK/one.sums")" "$PROJECT"
