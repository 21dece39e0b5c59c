#!/bin/sh
# Many calls in one request, with curl. Each line: what was asked; below it the answer, a line for each call.
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

ask() {
  printf '%s:\n' "$1"
  shift
  curl -sS -w '[%{http_code} %header{error}]\n' --data-binary @- "$@"
}

# What an earlier run left.
curl -sS -o /dev/null --data-binary @- "$n1/batch" <<'END'
{"call":"del","key":"example:batch-1"}
{"call":"del","key":"example:batch-2"}
{"call":"hdel","tb":"example_batch","key":"stock"}
END

ask 'records and a counter' "$n1/batch" <<'END'
{"call":"put","key":"example:batch-1","val":"one"}
{"call":"put","key":"example:batch-2","val":"two","ttl":3600}
{"call":"hset","tb":"example_batch","key":"stock","val":"10"}
{"call":"hincrby","tb":"example_batch","key":"stock","val":-1}
END
ask 'read, from another node' "$n2/batch" <<'END'
{"call":"get","key":"example:batch-1"}
{"call":"exist","key":"example:batch-2"}
{"call":"hget","tb":"example_batch","key":"stock"}
{"call":"get","key":"example:no-such-key"}
END
ask 'as one' "$n3/batch?atomic=true" <<'END'
{"call":"put","key":"example:batch-1","val":"three","ver":1}
{"call":"put","key":"example:batch-1","val":"four","ver":1}
END
ask 'a line that cannot be read: nothing is done' "$n1/batch" <<'END'
{"call":"del","key":"example:batch-1"}
{"key":"example:batch-2"}
END
ask 'it is still there' "$n2/batch" <<'END'
{"call":"get","key":"example:batch-1"}
END
