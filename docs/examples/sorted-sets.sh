#!/bin/sh
# Sorted sets, with curl. Each line: what was asked, the body, [status version].
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s: ' "$1"
  shift
  curl -sS -w ' [%{http_code} %header{version}]\n' "$@"
}

table=example_scores
for member in ada bob eve; do curl -sS -o /dev/null --data-binary "$member" "$n1/zrem?tb=$table"; done

ask 'add' --data-binary 'ada' "$n1/zadd?tb=$table&score=70"
ask 'add' --data-binary 'bob' "$n2/zadd?tb=$table&score=30"
ask 'add' --data-binary 'eve' "$n3/zadd?tb=$table&score=-5"
ask 'raise by ten' --data-binary 'bob' "$n1/zadd?tb=$table&score=10&opt=1"
ask 'score' --data-binary 'bob' "$n2/zscore?tb=$table"
ask 'is it a member' --data-binary 'joe' "$n3/zismember?tb=$table"
ask 'lowest two' "$n1/zrangebyrank?tb=$table&offset=0&size=2&noval=false"
ask 'from 0 to 100' "$n2/zrangebyscore?tb=$table&min=0&max=100&offset=0&size=10&noval=false"
for member in ada bob eve; do ask 'remove' --data-binary "$member" "$n3/zrem?tb=$table"; done
ask 'no table any more' "$n1/zrangebyrank?tb=$table&offset=0&size=2"
