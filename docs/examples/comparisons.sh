#!/bin/sh
# Records compared on two replicas, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

ask 'put' --data-binary 'both have it' "$n1/put?key=example:compared"
ask 'compare' "$n2/get2?key=example:compared"
ask 'set a field' --data-binary '1' "$n1/hset?tb=example_compared&key=f"
ask 'compare' "$n3/hget2?tb=example_compared&key=f"
ask 'add a member' --data-binary 'm' "$n2/sadd?tb=example_members"
ask 'compare' --data-binary 'm' "$n3/sismember2?tb=example_members"
ask 'set a score' --data-binary 'm' "$n3/zadd?tb=example_compared_scores&score=7"
ask 'compare' --data-binary 'm' "$n1/zscore2?tb=example_compared_scores"
ask 'nodes that were owed anything' -o /dev/null "$n1/sync_status"
ask 'delete' "$n1/del?key=example:compared"
ask 'compare' "$n2/get2?key=example:compared"
curl -sS -o /dev/null "$n1/hdel?tb=example_compared&key=f"
curl -sS -o /dev/null --data-binary 'm' "$n1/srem?tb=example_members"
curl -sS -o /dev/null --data-binary 'm' "$n1/zrem?tb=example_compared_scores"
