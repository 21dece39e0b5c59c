#!/bin/sh
# Sets, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

table=example_set
for member in apple pear; do curl -sS -o /dev/null --data-binary "$member" "$n1/srem?tb=$table"; done

ask 'add' --data-binary 'apple' "$n1/sadd?tb=$table"
ask 'add another' --data-binary 'pear' "$n2/sadd?tb=$table"
ask 'add the first again' --data-binary 'apple' "$n3/sadd?tb=$table"
ask 'is it a member' --data-binary 'apple' "$n1/sismember?tb=$table"
ask 'is it a member' --data-binary 'plum' "$n1/sismember?tb=$table"
ask 'remove' --data-binary 'apple' "$n2/srem?tb=$table"
ask 'remove' --data-binary 'apple' "$n2/srem?tb=$table"
ask 'the member is the body' -o /dev/null "$n1/sadd?tb=$table"
ask 'remove the last one' --data-binary 'pear' "$n3/srem?tb=$table"
