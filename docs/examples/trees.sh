#!/bin/sh
# Trees (DT): what is asked is a form, the answer JSON, with curl.
set -eu
n1=${NODE1:-http://127.0.0.1:8082} n2=${NODE2:-http://127.0.0.1:8083} n3=${NODE3:-http://127.0.0.1:8084}

# tree NODE CALL FORM: everything but the id of an inserted entry, which differs from run to run.
tree() {
  printf '%s %s: ' "$2" "$3"
  curl -sS -d "tree_id=example_fruit&$3" "$1/dt/$2" | sed 's/"data":"[0-9][0-9.]*"/"data":"(id)"/'
  echo
}

curl -sS -o /dev/null -d 'tree_id=example_fruit' "$n1/dt/drop"
tree "$n1" create ''
tree "$n1" insert 'key=apple&value=red'
tree "$n2" insert 'key=pear&value=green'
tree "$n3" insert 'key=apple&value=blue'
tree "$n2" seek 'key=banana'
tree "$n3" setcas 'key=apple&old_value=red&value=eaten'
tree "$n3" setcas 'key=apple&old_value=red&value=kept'
tree "$n1" range 'from=a&limit=10'
tree "$n2" delete 'key=pear'
tree "$n1" range ''
tree "$n1" drop ''
tree "$n1" seek 'key=banana'
