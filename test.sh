#!/usr/bin/env bash
# Installs what the tests need, builds, runs every test, and closes with "N passed, N failed".
#   ./test.sh            everything
#   ./test.sh --quick    without the tests that start processes of their own, or exchange upon exchange
#   ./test.sh --faults   the faults only, and each for longer: silos killed for minutes, a database away for half of one
set -uo pipefail
cd "$(dirname "$0")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 MSBUILDDISABLENODEREUSE=1 TESTINGPLATFORM_TELEMETRY_OPTOUT=1
# Processes that live for seconds never earn back what counting for a second compilation costs: a tenth of their time.
export DOTNET_TieredPGO=0
QUICK=0
FAULTS=0
case "${1:-}" in
  --quick) QUICK=1 ;;
  --faults) FAULTS=1 ;;
esac
CACHE="${XDG_CACHE_HOME:-$HOME/.cache}/signalexchange"
BUF_VERSION=1.75.0
AZURITE_VERSION=3.37.0 # AzuriteInstallation names it, too.
KUBERNETES_MODELS_VERSION=5.1.0 # SchemaCheck names it, too.
DCLINT_VERSION=3.1.0 # SchemaFile names it, too.
NODE_VERSION=22.23.3   # Azurite wants 22 at least, which Debian's nodejs isn't. AzuriteInstallation names it, too.
PATIENCE=20m # None takes six minutes.
PASSED=0
FAILED=0
# What failed, said again at the end: the output between is long.
FAILURES=$(mktemp)
trap 'rm -f "$FAILURES"' EXIT

say() { printf '\n== %s\n' "$*"; }

# One compiler for all projects, which is warm after the first: one for each spends most of its time on compiling itself. It would wait for more work when
# all is built, so it has a name of its own, by which it is ended.
build() {
  local pipe=signalexchange-$$ status
  dotnet build SignalExchange.sln -c Release -v quiet -nologo -p:UseSharedCompilation=true -p:SharedCompilationId="$pipe"
  status=$?
  pkill -f -- "-pipename:$pipe"
  return "$status"
}

# A step that is no test program counts as one test.
step() {
  local name=$1
  shift
  if "$@"; then PASSED=$((PASSED + 1)); else
    FAILED=$((FAILED + 1))
    printf 'FAILED: %s\n' "$name" | tee -a "$FAILURES"
  fi
}

# npm's packages, in a folder of the cache with the version in its name.
install_npm() {
  local folder=$1 program=$2
  shift 2
  [ -e "$folder/node_modules/$program" ] && return
  if ! command -v npm >/dev/null; then
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq nodejs npm >/dev/null || return 1
  fi
  mkdir -p "$folder"
  npm install --silent --no-audit --no-fund --prefix "$folder" "$@" >/dev/null
}

install_buf() {
  install_npm "$CACHE/buf-$BUF_VERSION" .bin/buf "@bufbuild/buf@$BUF_VERSION" || return 1
  BUF="$CACHE/buf-$BUF_VERSION/node_modules/.bin/buf"
}

install_chromium() {
  command -v chromium >/dev/null && return
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null
}

# The tests start servers of their own; the one that Debian would start is not wanted.
install_postgres() {
  if command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; then return; fi
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq && apt-get install -y -qq --no-install-recommends postgresql-common >/dev/null || return 1
  sed -i -E 's/^#? *create_main_cluster *=.*/create_main_cluster = false/' /etc/postgresql-common/createcluster.conf || return 1
  apt-get install -y -qq --no-install-recommends postgresql >/dev/null
}

# Go's own verifier of logs, which the tests show a log of ours.
install_go_sumdb() {
  command -v go >/dev/null && [ -d /usr/share/gocode/src/golang.org/x/mod/sumdb ] && return
  apt-get update -qq &&
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends golang-go golang-golang-x-mod-dev >/dev/null
}

# The tests start it; node last, since it shows that both are there.
install_azurite() {
  install_npm "$CACHE/azurite-$AZURITE_VERSION" node/bin/node "azurite@$AZURITE_VERSION" "node@$NODE_VERSION"
}

# promtool alone, unpacked beside the tree: the package would start a Prometheus.
install_promtool() {
  PROMTOOL=$(command -v promtool) && return
  PROMTOOL="$CACHE/prometheus/usr/bin/promtool"
  [ -x "$PROMTOOL" ] && return
  mkdir -p "$CACHE/prometheus" && (
    cd "$CACHE/prometheus" || exit 1
    apt-get download -q -o APT::Sandbox::User=root prometheus >/dev/null 2>&1 ||
      { apt-get update -qq && apt-get download -q -o APT::Sandbox::User=root prometheus >/dev/null; } || exit 1
    dpkg-deb -x prometheus_*.deb . && rm prometheus_*.deb
  )
}

# Unpacked beside the tree; the tests have one process believe another time.
install_faketime() {
  [ -d "$CACHE/faketime/usr" ] && return
  mkdir -p "$CACHE/faketime" && (
    cd "$CACHE/faketime" || exit 1
    apt-get download -q -o APT::Sandbox::User=root libfaketime >/dev/null 2>&1 ||
      { apt-get update -qq && apt-get download -q -o APT::Sandbox::User=root libfaketime >/dev/null; } || exit 1
    dpkg-deb -x libfaketime_*.deb . && rm libfaketime_*.deb
  )
}

check_rules() {
  install_promtool && (
    cd deploy/observability/prometheus &&
      "$PROMTOOL" check config --syntax-only prometheus.yml && "$PROMTOOL" check rules ./*.rules.yml && "$PROMTOOL" test rules rules.test.yml
  )
}

# The tests hold the manifests against them.
install_kubernetes_models() {
  install_npm "$CACHE/kubernetes-models-$KUBERNETES_MODELS_VERSION" kubernetes-models/package.json "kubernetes-models@$KUBERNETES_MODELS_VERSION" &&
    install_npm "$CACHE/node-$NODE_VERSION" node/bin/node "node@$NODE_VERSION"
}

# It carries the Compose specification's schema, which the tests hold the compose file against.
install_dclint() { install_npm "$CACHE/dclint-$DCLINT_VERSION" dclint/package.json "dclint@$DCLINT_VERSION"; }

# systemd's own checks of the unit; nothing is started.
install_systemd_analyze() {
  command -v systemd-analyze >/dev/null && return
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends systemd >/dev/null
}

lint_protos() { install_buf && (cd contracts/proto && "$BUF" lint && "$BUF" format --diff --exit-code); }
check_format() { dotnet tool restore >/dev/null && dotnet csharpier check .; }

# xunit.v3 test projects are programs; each closes with a line "Total: N, Errors: N, Failed: N, ...".
run_tests() {
  local project=$1 log total failed errors skipped unasked status
  log=$(mktemp)
  # Not by "dotnet run", which takes a second or two for each of them to find out what to run. One that hangs is one that failed.
  timeout -k 10 "$PATIENCE" dotnet "$project/bin/Release/net10.0/$(basename "$project").dll" -noColor -noLogo "${@:2}" 2>&1 | tee "$log" | grep -vE 'Discover|Starting:|Finished:|=== '
  status=${PIPESTATUS[0]}
  grep -A 15 -F '[FAIL]' "$log" >>"$FAILURES"
  read -r total errors failed skipped unasked < <(sed -nE 's/.*Total: ([0-9]+), Errors: ([0-9]+), Failed: ([0-9]+), Skipped: ([0-9]+), Not Run: ([0-9]+).*/\1 \2 \3 \4 \5/p' "$log" | tail -n 1)
  rm -f "$log"
  if [ -z "${total:-}" ]; then
    FAILED=$((FAILED + 1))
    printf 'FAILED: %s ended with %s and no summary\n' "$project" "$status" | tee -a "$FAILURES"
    return
  fi
  failed=$((failed + errors))
  if [ "$failed" -eq 0 ] && [ "$status" -ne 0 ]; then failed=1; fi
  PASSED=$((PASSED + total - skipped - unasked - failed)) # of what ran
  FAILED=$((FAILED + failed))
}

say "PostgreSQL"
step "install PostgreSQL" install_postgres
say "faketime"
step "install libfaketime" install_faketime
say "azurite"
step "install azurite" install_azurite
say "build"
if ! build; then
  printf '0 passed, 1 failed\n'
  exit 1
fi

# What failed, and how many.
finish() {
  if [ -s "$FAILURES" ]; then
    say "what failed"
    cat "$FAILURES"
  fi
  printf '\n%s passed, %s failed\n' "$PASSED" "$FAILED"
  [ "$FAILED" -eq 0 ]
  exit
}

if [ "$FAULTS" -eq 1 ]; then
  say "faults"
  PATIENCE=3h
  SIGNALEXCHANGE_FAULTS=long run_tests tests/SignalExchange.Faults.Tests -explicit on
  finish
fi

say "protos"
step "buf lint" lint_protos
say "kubernetes"
step "install kubernetes-models" install_kubernetes_models
say "compose"
step "install dclint" install_dclint
say "systemd"
step "install systemd-analyze" install_systemd_analyze
say "alerts"
step "promtool" check_rules
say "format"
step "csharpier" check_format

# The ones that start processes come last.
SLOW="SignalExchange.Storage.Postgres.Tests SignalExchange.Storage.Azure.Tests SignalExchange.Membership.Azure.Tests SignalExchange.Deploy.Tests SignalExchange.Browser.Tests SignalExchange.Cluster.Tests SignalExchange.Faults.Tests"
# A silo that no cluster takes can't be stopped, and its runtime keeps a processor busy until the process ends: a process of their own.
REFUSED_SILOS=SignalExchange.Silo.Tests.Security.Silos.SiloTlsTests
WITHOUT=()
[ "$QUICK" -eq 1 ] && WITHOUT=(-trait- Speed=Slow)
for project in tests/*.Tests; do
  case " $SLOW " in *" $(basename "$project") "*) continue ;; esac
  say "$(basename "$project")"
  if [ "$(basename "$project")" = SignalExchange.Silo.Tests ]; then
    run_tests "$project" "${WITHOUT[@]}" -class- "$REFUSED_SILOS"
  else
    run_tests "$project" "${WITHOUT[@]}"
  fi
done
if [ "$QUICK" -eq 0 ]; then
  say "$REFUSED_SILOS"
  run_tests tests/SignalExchange.Silo.Tests -class "$REFUSED_SILOS"
  # The SDK and what it is made of; deploy/reproduce.sh alone does the whole exchange.
  say "reproducible build"
  step "reproducible build" deploy/reproduce.sh client-sdk/SignalExchange.Client
  say "Go's sumdb"
  step "Go's sumdb" install_go_sumdb
  say "chromium"
  step "chromium" install_chromium
  for name in $SLOW; do
    [ -d "tests/$name" ] || continue
    say "$name"
    run_tests "tests/$name"
  done
fi

finish
