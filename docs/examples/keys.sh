#!/bin/sh
# Keys, versions, times to live, freshness, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

# What an earlier run left.
curl -sS -o /dev/null "$n1/del?key=example:greeting"
curl -sS -o /dev/null "$n1/del?key=example:soon-gone"

ask 'put' -X PUT --data-binary 'hello' "$n1/put?key=example:greeting"
ask 'get from another node' "$n2/get?key=example:greeting"
ask 'exist' "$n3/exist?key=example:greeting"
ask 'put again' --data-binary 'hello, world' "$n3/put?key=example:greeting"
ask 'put if it still is version 2' --data-binary 'mine' "$n1/put?key=example:greeting&ver=2"
ask 'put if it still is version 2' --data-binary 'theirs' "$n2/put?key=example:greeting&ver=2"
ask 'get, linearizable' "$n2/get?key=example:greeting&consistency=linearizable"
ask 'get what this node has' "$n1/get?key=example:no-such-key&consistency=local"
ask 'put for an hour' --data-binary 'x' "$n1/put?key=example:soon-gone&ttl=3600"
ask 'a key is bytes' --data-binary 'y' "$n1/put?key=%65xample:soon-gone&ver=1&ttl=60"
ask 'delete' "$n2/del?key=example:greeting"
ask 'get' "$n1/get?key=example:greeting"
ask 'delete' "$n2/del?key=example:greeting"
ask 'no key' "$n1/get"
