#!/usr/bin/env bash
# Installs the peers of "compare" where they are missing: Debian's redis-server, postgresql, nodejs and npm, voprf-ts into the folder that is
# the first argument, and Azurite with the Node.js that it needs into the second (their versions: third and fourth). Does nothing when all are
# there. Servers that the packages would start are left off: the program starts its own.
set -euo pipefail
FOLDER=$1
AZURITE=$2
PACKAGES=()
command -v redis-server >/dev/null || PACKAGES+=(redis-server)
command -v postgres >/dev/null || ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 || PACKAGES+=(postgresql)
command -v node >/dev/null || PACKAGES+=(nodejs)
command -v npm >/dev/null || PACKAGES+=(npm)
if [ ${#PACKAGES[@]} -gt 0 ]; then
  apt-get update -qq
  RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${PACKAGES[@]}" >/dev/null
fi
if ! [ -d "$FOLDER/node_modules/@cloudflare/voprf-ts" ]; then
  mkdir -p "$FOLDER"
  npm install --silent --no-audit --no-fund --prefix "$FOLDER" @cloudflare/voprf-ts@1.0.0 >/dev/null
fi
if ! [ -d "$AZURITE/node_modules/node" ]; then
  mkdir -p "$AZURITE"
  npm install --silent --no-audit --no-fund --prefix "$AZURITE" "azurite@$3" "node@$4" >/dev/null
fi
