#!/bin/sh
# The cache, which is in memory only, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

for name in example:page example:hits; do curl -sS -o /dev/null "$n1/cache/del?key=$name"; done

ask 'put' --data-binary '<html>' "$n1/cache/put?key=example:page"
ask 'append' --data-binary '</html>' "$n2/cache/append?key=example:page"
ask 'get from another node' "$n3/cache/get?key=example:page"
ask 'it stays for ever' "$n1/cache/ttl?key=example:page"
ask 'let it expire' "$n2/cache/expire?key=example:page&ttl=3600"
ask 'or not' "$n3/cache/persist?key=example:page"
ask 'it stays for ever' "$n1/cache/ttl?key=example:page"
ask 'count' "$n1/cache/hincrby?tb=example:hits&key=home&val=5"
ask 'count in fractions' "$n2/cache/hincrbyfloat?tb=example:hits&key=home&val=0.25"
ask 'get the field' "$n3/cache/hget?tb=example:hits&key=home"
ask 'not a number' "$n1/cache/hincrby?tb=example:hits&key=home&val=x"
ask 'delete the field' "$n2/cache/hdel?tb=example:hits&key=home"
ask 'delete' "$n1/cache/del?key=example:page"
ask 'get' "$n3/cache/get?key=example:page"
