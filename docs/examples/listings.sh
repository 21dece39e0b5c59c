#!/bin/sh
# Listings and figures, with curl: every node is asked for what it holds.
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}
table=example_colours

colours='red green blue'
for colour in $colours; do
  curl -sS -o /dev/null "$n1/hdel?tb=$table&key=$colour"
  curl -sS -o /dev/null --data-binary "the colour $colour" "$n1/hset?tb=$table&key=$colour"
done

# A node is asked for its own replicas, which may be a moment behind.
until curl -sS "$n2/stat?peer=1&tb=$table" | grep -q '"count":3'; do sleep 0.1; done

echo "nodes: $(curl -sS "$n1/peer_count")"
# Peer 1 is the second node, whichever is asked: keys and values are base64.
curl -sS -w ' [%{http_code}, %header{keys} of them]\n' "$n2/hkeys?peer=1&tb=$table&offset=0&size=10&noval=false"
curl -sS -w ' [%{http_code}, %header{keys} of them]\n' "$n2/hkeys?peer=1&tb=$table&offset=2&size=10"
curl -sS -w ' [%{http_code}]\n' "$n3/stat?peer=1&tb=$table"
curl -sS -w ' [%{http_code}]\n' "$n3/stat?peer=1&tb=example_no_such_table"

for colour in $colours; do
  curl -sS -o /dev/null "$n1/hdel?tb=$table&key=$colour"
done
