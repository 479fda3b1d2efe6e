#!/usr/bin/env bash
# Builds and starts one exchange on loopback.
#   ./run.sh             an exchange with its data in ./data; prints what to do next
#   ./run.sh demo        plays the story of three platforms against a fresh exchange in ./data/demo
#   ./run.sh demo --endpoint URL [--operator MEMBER] [--operator-key FILE]
#                        plays it on an exchange that runs; the members that it adds leave again with their signals
set -euo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
SILO=silo/SignalExchange.Silo/bin/Release/net10.0/SignalExchange.Silo.dll
SIGX=client-sdk/SignalExchange.Cli/bin/Release/net10.0/sigx.dll

build() {
  printf 'Building ...\n'
  dotnet build "$1" -c Release -v quiet -nologo "-clp:ErrorsOnly;NoSummary"
}

if [ "${1:-}" = "demo" ]; then
  shift
  build tests/SignalExchange.Demo
  build silo/SignalExchange.Silo
  exec dotnet run --no-build -c Release --project tests/SignalExchange.Demo -- "$@"
fi

build silo/SignalExchange.Silo
build client-sdk/SignalExchange.Cli
mkdir -p data
if [ ! -e data/operator.key.pem ]; then
  dotnet "$SIGX" keys new --out data/operator
  dotnet "$SILO" bootstrap --public-key data/operator.pub.pem --Exchange:DataDirectory data
fi
if [ ! -e data/console.signed-in ]; then
  CODE=$(dotnet "$SILO" sign-in-code --name operator --Exchange:DataDirectory data --Logging:LogLevel:Default Warning | tail -n 1)
  : >data/console.signed-in
fi
cat <<NEXT

The console:   http://127.0.0.1:7401/console/sign-in/code
               ${CODE:-Name operator, with your password. Lost it? Remove data/console.signed-in and start again.}

An exchange is starting on http://127.0.0.1:7400 with its data in ./data. In another terminal:

  alias sigx='dotnet client-sdk/SignalExchange.Cli/bin/Release/net10.0/sigx.dll'
  sigx keys new --out data/platform-a                                  # a key pair; the private half stays with the platform
  sigx member add platform-a --public-key data/platform-a.pub.pem --member consortium --key data/operator.key.pem
  sigx submit --member platform-a --key data/platform-a.key.pem --type phone-e164 '+1 202 555 0143' --category CSE_GROOMING
  sigx check  --member platform-a --key data/platform-a.key.pem --type phone-e164 '(202) 555-0143' --region US --purpose REGISTRATION

Stop it with Ctrl-C.

NEXT
exec dotnet "$SILO" --Exchange:DataDirectory data --Exchange:ListenConsole http://127.0.0.1:7401 "$@"
