#!/bin/sh
# Hashes, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

table=example_hash
for field in name visits; do curl -sS -o /dev/null "$n1/hdel?tb=$table&key=$field"; done

ask 'set a field' --data-binary 'Ada' "$n1/hset?tb=$table&key=name"
ask 'get it' "$n2/hget?tb=$table&key=name"
ask 'is there a field' "$n3/hexist?tb=$table&key=nickname"
ask 'set it again' -X PUT --data-binary 'Ada Lovelace' "$n2/hset?tb=$table&key=name&ver=1"
ask 'count' "$n1/hincrby?tb=$table&key=visits&val=5"
ask 'count down' "$n2/hincrby?tb=$table&key=visits&val=-2"
ask 'the counter is text' "$n3/hget?tb=$table&key=visits"
ask 'a name is no number' "$n1/hincrby?tb=$table&key=name&val=1"
ask 'a hash is no set' --data-binary 'member' "$n1/sadd?tb=$table"
ask 'delete a field' "$n3/hdel?tb=$table&key=name"
ask 'delete the last one' "$n3/hdel?tb=$table&key=visits"
ask 'no table any more' "$n1/hget?tb=$table&key=visits"
