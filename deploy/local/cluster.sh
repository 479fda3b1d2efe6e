#!/usr/bin/env bash
# Starts an exchange of several silos on this machine: TLS between them, and a database, or an Azurite, of their own.
#   deploy/local/cluster.sh [SILOS] [postgres|azurite]
#                                                anew in data/cluster, until Ctrl-C; members call http://127.0.0.1:7411, 7412, ...
#   deploy/local/cluster.sh restart              restarts the silos of the one that runs, one after the other, and waits until it is done
# SIGNALEXCHANGE_FIRST_PORT=7411 moves the members' ports, SIGNALEXCHANGE_CLUSTER=data/cluster the folder.
set -euo pipefail
cd "$(dirname "$0")/../.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
SILO=silo/SignalExchange.Silo/bin/Release/net10.0/SignalExchange.Silo.dll
SIGX=client-sdk/SignalExchange.Cli/bin/Release/net10.0/sigx.dll
STATE=${SIGNALEXCHANGE_CLUSTER:-data/cluster}
FIRST_PORT=${SIGNALEXCHANGE_FIRST_PORT:-7411}
PATIENCE_SECONDS=120

say() { printf '%s\n' "$*"; }
die() {
  printf '%s\n' "$*" >&2
  exit 2
}

# --- the one that runs ---

restart_the_running() {
  local pid before waited=0
  pid=$(cat "$STATE/cluster.pid" 2>/dev/null) && kill -0 "$pid" 2>/dev/null || die "No cluster runs in $STATE."
  before=$(cat "$STATE/restarts")
  kill -USR1 "$pid"
  while [ "$(cat "$STATE/restarts")" = "$before" ]; do
    kill -0 "$pid" 2>/dev/null || die "The cluster ended meanwhile; see $STATE/silo-*.log."
    waited=$((waited + 1))
    [ "$waited" -lt $((PATIENCE_SECONDS * 50)) ] || die "The restart is not done after $((PATIENCE_SECONDS * 10)) seconds; see $STATE/silo-*.log."
    sleep 0.2
  done
  say "Every silo was restarted."
}

if [ "${1:-}" = restart ]; then
  restart_the_running
  exit 0
fi

SILOS=${1:-3}
ENGINE=${2:-postgres}
[[ $SILOS =~ ^[1-9][0-9]?$ ]] || die "The number of silos is '$SILOS'; it may be from 1 to 99."
case $ENGINE in
  postgres | azurite) ;;
  *) die "The storage is '$ENGINE'; it may be postgres or azurite." ;;
esac
if [ -e "$STATE/cluster.pid" ] && kill -0 "$(cat "$STATE/cluster.pid")" 2>/dev/null; then
  die "A cluster runs in $STATE already."
fi

# --- ports ---

is_listened_on() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Below the ports that systems hand out by themselves: nobody else is given it in between.
free_port() {
  local port
  while :; do
    port=$((11000 + (RANDOM * 32768 + RANDOM) % 21000))
    is_listened_on "$port" || break
  done
  printf '%s' "$port"
}

# --- the database ---

postgres_tool() {
  local found
  found=$(compgen -G "/usr/lib/postgresql/*/bin/$1" | sort -V | tail -n 1)
  printf '%s' "${found:-$1}"
}

# PostgreSQL refuses to run as root: root's server runs as nobody.
as_database_user() {
  if [ "$(id -u)" -eq 0 ]; then setpriv --reuid=nobody --regid=nogroup --clear-groups -- "$@"; else "$@"; fi
}

start_postgres() {
  command -v "$(postgres_tool initdb)" >/dev/null || die "PostgreSQL is not here: apt-get install postgresql"
  DATABASE=$(mktemp -d "${TMPDIR:-/tmp}/signalexchange-cluster-XXXXXXXX")
  DATABASE_PORT=$(free_port)
  local password
  password=$(head -c 24 /dev/urandom | base64 | tr -d '/+=')
  printf '%s' "$password" >"$DATABASE/password"
  [ "$(id -u)" -ne 0 ] || chown -R nobody:nogroup "$DATABASE"
  (
    cd "$DATABASE"
    as_database_user "$(postgres_tool initdb)" -D data -U exchange --auth=scram-sha-256 --pwfile=password -E UTF8 --locale=C >initdb.log 2>&1
  ) || die "initdb failed; see $DATABASE/initdb.log."
  # In a group of its own: Ctrl-C is for this script, which stops the database last.
  (cd "$DATABASE" && exec setsid bash -c "$(declare -f as_database_user); as_database_user \"\$@\"" bash \
    "$(postgres_tool postgres)" -D data -p "$DATABASE_PORT" -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=400 \
    >server.log 2>&1) &
  DATABASE_PID=$!
  until_it_holds "$(postgres_tool pg_isready)" -q -h 127.0.0.1 -p "$DATABASE_PORT" -U exchange || die "PostgreSQL did not start; see $DATABASE/server.log."
  PGPASSWORD=$password "$(postgres_tool createdb)" -h 127.0.0.1 -p "$DATABASE_PORT" -U exchange -T template0 exchange
  printf 'Host=127.0.0.1;Port=%s;Database=exchange;Username=exchange;Password=%s' "$DATABASE_PORT" "$password" >"$STATE/connection"
}

stop_postgres() {
  [ -n "${DATABASE_PID:-}" ] || return 0
  # The fast way, and of the whole group: the shell that started it and the server.
  kill -INT -- "-$DATABASE_PID" 2>/dev/null || true
  wait "$DATABASE_PID" 2>/dev/null || true
  rm -rf "$DATABASE"
}

# --- or Azurite, as ./test.sh installs it ---

start_azurite() {
  local modules port
  modules=$(compgen -G "${XDG_CACHE_HOME:-$HOME/.cache}/signalexchange/azurite-*/node_modules" | sort -V | tail -n 1)
  [ -n "$modules" ] || die "Azurite is not here: ./test.sh installs it."
  local key blobs tables
  key=$(head -c 64 /dev/urandom | base64 -w 0)
  blobs=$(free_port)
  tables=$(free_port)
  mkdir "$STATE/azurite"
  AZURITE_ACCOUNTS="exchange:$key" setsid "$modules/node/bin/node" "$modules/azurite/dist/src/azurite.js" --silent --disableTelemetry \
    --skipApiVersionCheck --location "$STATE/azurite" --blobPort "$blobs" --tablePort "$tables" --queuePort "$(free_port)" \
    </dev/null >"$STATE/azurite.log" 2>&1 &
  AZURITE_PID=$!
  for port in "$blobs" "$tables"; do
    until_it_holds is_listened_on "$port" || die "Azurite did not start; see $STATE/azurite.log."
  done
  printf 'DefaultEndpointsProtocol=http;AccountName=exchange;AccountKey=%s;BlobEndpoint=http://127.0.0.1:%s/exchange;TableEndpoint=http://127.0.0.1:%s/exchange;' \
    "$key" "$blobs" "$tables" >"$STATE/connection"
}

stop_azurite() {
  [ -n "${AZURITE_PID:-}" ] || return 0
  kill -TERM "$AZURITE_PID" 2>/dev/null || true
  wait "$AZURITE_PID" 2>/dev/null || true
}

until_it_holds() {
  local waited=0
  until "$@" >/dev/null 2>&1; do
    waited=$((waited + 1))
    [ "$waited" -lt $((PATIENCE_SECONDS * 5)) ] || return 1
    sleep 0.2
  done
}

# --- the silos ---

settings_of() {
  local silo=$1
  SETTINGS=(
    --Exchange:DataDirectory "$STATE/silo-$silo"
    --Exchange:SiloPort "${SILO_PORTS[$silo]}"
    --Exchange:Cluster:Tls:CertificateFile "$STATE/certificates/silo-$silo.pem"
    --Exchange:Cluster:Tls:KeyFile "$STATE/certificates/silo-$silo.key"
    --Exchange:Cluster:Tls:AuthoritiesFile "$STATE/certificates/authority.pem"
    --Exchange:AccessLog:Log "silo-$silo"
    --Exchange:Keys:Folder "$STATE/keys"
  )
  if [ "$ENGINE" = postgres ]; then
    SETTINGS+=(--Exchange:Storage:Engine Postgres --Exchange:Storage:Postgres:ConnectionStringFile "$STATE/connection")
  else
    # Every silo asks for each shard's head twice a second, and Azurite has one thread.
    SETTINGS+=(--Exchange:ShardCount 16)
    # By the environment: a command line is everybody's to read.
    export Exchange__Storage__Engine=AzureStorage Exchange__Storage__AzureStorage__Accounts__0__ConnectionString
    Exchange__Storage__AzureStorage__Accounts__0__ConnectionString=$(cat "$STATE/connection")
  fi
}

start_silo() {
  local silo=$1
  settings_of "$silo"
  setsid dotnet "$SILO" "${SETTINGS[@]}" \
    --Exchange:Listen "http://127.0.0.1:$((FIRST_PORT + silo - 1))" \
    --Exchange:ListenMetrics "http://127.0.0.1:${METRICS_PORTS[$silo]}" \
    --Exchange:ListenTiles "http://127.0.0.1:${TILE_PORTS[$silo]}" \
    --Exchange:Keys:CreateMissingKeys false </dev/null >>"$STATE/silo-$silo.log" 2>&1 &
  SILO_PIDS[silo]=$!
}

is_ready() (
  exec 3<>"/dev/tcp/127.0.0.1/${METRICS_PORTS[$1]}"
  printf 'GET /ready HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n' >&3
  read -r _ status _ <&3
  [ "$status" = 200 ]
)

await_ready() {
  until_it_holds is_ready "$1" || die "Silo $1 is not ready; see $STATE/silo-$1.log."
}

# The silo hands its shards over, ends its streams and leaves the cluster before its process ends.
stop_silo() {
  kill -TERM "${SILO_PIDS[$1]}" 2>/dev/null || return 0
  while kill -0 "${SILO_PIDS[$1]}" 2>/dev/null; do sleep 0.1; done
  wait "${SILO_PIDS[$1]}" 2>/dev/null || true
}

# The next one stops only when all are ready again, so two of three serve at any time.
restart_silos() {
  local silo other
  for silo in $(seq "$SILOS"); do
    say "Silo $silo stops ..."
    stop_silo "$silo"
    start_silo "$silo"
    for other in $(seq "$SILOS"); do await_ready "$other"; done
    say "Silo $silo is ready again."
  done
  RESTARTS=$((RESTARTS + 1))
  say "$RESTARTS" >"$STATE/restarts"
}

bootstrap() {
  settings_of 1
  dotnet "$SIGX" keys new --out "$STATE/operator" >/dev/null
  dotnet "$SILO" bootstrap --public-key "$STATE/operator.pub.pem" "${SETTINGS[@]}" >"$STATE/bootstrap.log" 2>&1 ||
    die "The first operator was not enrolled; see $STATE/bootstrap.log."
}

stop_all() {
  trap '' INT TERM HUP USR1
  trap - EXIT
  local pid
  for pid in "${SILO_PIDS[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${SILO_PIDS[@]}"; do wait "$pid" 2>/dev/null || true; done
  stop_postgres
  stop_azurite
  rm -f "$STATE/cluster.pid"
}

say "Building ..."
for project in silo/SignalExchange.Silo client-sdk/SignalExchange.Cli; do
  dotnet build "$project" -c Release -v quiet -nologo "-clp:ErrorsOnly;NoSummary"
done

[ ! -e "$STATE" ] || [ -e "$STATE/restarts" ] || die "$STATE is there and is no cluster's; name another folder with SIGNALEXCHANGE_CLUSTER."
umask 077
rm -rf "$STATE"
mkdir -p "$STATE"
STATE=$(cd "$STATE" && pwd)
SILO_PIDS=()
SILO_PORTS=()
METRICS_PORTS=()
TILE_PORTS=()
RESTARTS=0
IS_RESTART_WANTED=0
say 0 >"$STATE/restarts"
trap stop_all EXIT
trap 'exit 0' INT TERM HUP
trap 'IS_RESTART_WANTED=1' USR1
say $$ >"$STATE/cluster.pid" # From here on somebody may ask for a restart.
for silo in $(seq "$SILOS"); do
  is_listened_on $((FIRST_PORT + silo - 1)) && die "Somebody listens on port $((FIRST_PORT + silo - 1)) already; set SIGNALEXCHANGE_FIRST_PORT."
  SILO_PORTS[silo]=$(free_port)
  METRICS_PORTS[silo]=$(free_port)
  TILE_PORTS[silo]=$(free_port)
done

say "Starting $ENGINE and $SILOS silos ..."
deploy/local/certificates.sh "$STATE/certificates" "$SILOS"
"start_$ENGINE"
bootstrap
for silo in $(seq "$SILOS"); do start_silo "$silo"; done
for silo in $(seq "$SILOS"); do await_ready "$silo"; done

say ""
say "An exchange of $SILOS silos runs; data, keys and logs are in $STATE:"
say ""
for silo in $(seq "$SILOS"); do
  say "  silo $silo   http://127.0.0.1:$((FIRST_PORT + silo - 1))   metrics http://127.0.0.1:${METRICS_PORTS[$silo]}/metrics   log http://127.0.0.1:${TILE_PORTS[$silo]}/silo-$silo"
done
cat <<NEXT

  alias sigx='dotnet client-sdk/SignalExchange.Cli/bin/Release/net10.0/sigx.dll'
  sigx member list --endpoint http://127.0.0.1:$FIRST_PORT --member consortium --key $STATE/operator.key.pem
  ./run.sh demo --endpoint http://127.0.0.1:$FIRST_PORT --operator-key $STATE/operator.key.pem     # three members and what they tell each other

Restart the silos, one after the other: deploy/local/cluster.sh restart. Stop everything with Ctrl-C.

NEXT

# Until a silo ends by itself, which it should not, or somebody says so. What comes between the look at the flag and the wait interrupts
# nothing, so no wait is longer than a second.
while :; do
  sleep 1 </dev/null >/dev/null 2>&1 &
  wait $! || true
  if [ "$IS_RESTART_WANTED" -eq 1 ]; then
    IS_RESTART_WANTED=0
    restart_silos
    continue
  fi
  for silo in $(seq "$SILOS"); do
    kill -0 "${SILO_PIDS[$silo]}" 2>/dev/null || die "Silo $silo ended; see $STATE/silo-$silo.log."
  done
done
