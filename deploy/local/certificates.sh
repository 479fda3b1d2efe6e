#!/usr/bin/env bash
# Makes an authority of a cluster's own, and a certificate for each of its silos, good for a year.
#   deploy/local/certificates.sh FOLDER SILOS [CLUSTER]
# FOLDER/authority.key makes further silos: keep it apart from them. A silo gets authority.pem and its own silo-N.pem and silo-N.key.
set -euo pipefail
FOLDER=${1:?the folder to make them in}
SILOS=${2:?the number of silos}
CLUSTER=${3:-signalexchange}

if ! command -v openssl >/dev/null; then
  printf 'openssl makes the certificates, and is not here: apt-get install openssl\n' >&2
  exit 2
fi
umask 077
mkdir -p "$FOLDER"
cd "$FOLDER"
if [ ! -e authority.key ]; then
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 3650 -subj "/CN=$CLUSTER silos" \
    -addext 'basicConstraints=critical,CA:TRUE,pathlen:0' -addext 'keyUsage=critical,keyCertSign,cRLSign' \
    -keyout authority.key -out authority.pem 2>/dev/null
fi
for silo in $(seq "$SILOS"); do
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=silo-$silo" \
    -keyout "silo-$silo.key" -out "silo-$silo.csr" 2>/dev/null
  printf '%s\n' "subjectAltName=URI:signalexchange:silo:$CLUSTER" 'extendedKeyUsage=critical,serverAuth,clientAuth' \
    'keyUsage=critical,digitalSignature' 'basicConstraints=critical,CA:FALSE' >silo.ext
  openssl x509 -req -in "silo-$silo.csr" -CA authority.pem -CAkey authority.key -days 365 -extfile silo.ext -out "silo-$silo.pem" 2>/dev/null
  rm "silo-$silo.csr" silo.ext
done
