#!/bin/sh
# Writes repeated safely, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

order=example:order-$$-$(date +%s)
curl -sS -o /dev/null "$n1/hdel?tb=example_retries&key=stock"
ask 'stock' --data-binary '10' "$n1/hset?tb=example_retries&key=stock"
# The answer to this one never arrived, let us say. So it is sent again, to another node, with the same key.
ask 'take one' -H "Idempotency-Key: $order" "$n1/hincrby?tb=example_retries&key=stock&val=-1"
ask 'take one, repeated' -H "Idempotency-Key: $order" "$n2/hincrby?tb=example_retries&key=stock&val=-1"
ask 'stock' "$n3/hget?tb=example_retries&key=stock"
ask 'take another' -H "Idempotency-Key: $order-2" "$n3/hincrby?tb=example_retries&key=stock&val=-1"
