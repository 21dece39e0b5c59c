#!/usr/bin/env python3
"""Trees (DT): what is asked is a form, the answer JSON, with requests."""
import json
import os

import requests

n1 = os.environ.get("NODE1", "http://127.0.0.1:8082")
n2 = os.environ.get("NODE2", "http://127.0.0.1:8083")
n3 = os.environ.get("NODE3", "http://127.0.0.1:8084")
http = requests.Session()


def tree(node, call, **form):
    """Shows everything but the id of an inserted entry, which differs from run to run."""
    answer = http.post(f"{node}/dt/{call}", data={"tree_id": "example_fruit", **form}, timeout=30).json()
    if call in ("create", "insert") and answer["data"] is not None:
        answer["data"] = "(id)"
    return answer


http.post(f"{n1}/dt/drop", data={"tree_id": "example_fruit"})
for node, call, form in [
    (n1, "create", {}),
    (n1, "insert", {"key": "apple", "value": "red"}),
    (n2, "insert", {"key": "pear", "value": "green"}),
    (n3, "insert", {"key": "apple", "value": "blue"}),
    (n2, "seek", {"key": "banana"}),
    (n3, "setcas", {"key": "apple", "old_value": "red", "value": "eaten"}),
    (n3, "setcas", {"key": "apple", "old_value": "red", "value": "kept"}),
    (n1, "range", {"from": "a", "limit": "10"}),
    (n2, "delete", {"key": "pear"}),
    (n1, "range", {}),
    (n1, "drop", {}),
    (n1, "seek", {"key": "banana"}),
]:
    text = "&".join(f"{name}={value}" for name, value in form.items())
    print(f"{call} {text}: {json.dumps(tree(node, call, **form), separators=(',', ':'))}")
