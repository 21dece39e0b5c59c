#!/usr/bin/env python3
"""Many calls in one request, with requests. Each line: what was asked; below it the answer, a line for each call."""
import json
import os

import requests

n1 = os.environ.get("NODE1", "http://127.0.0.1:8082")
n2 = os.environ.get("NODE2", "http://127.0.0.1:8083")
n3 = os.environ.get("NODE3", "http://127.0.0.1:8084")
http = requests.Session()


def ask(what, url, *calls):
    body = "\n".join(json.dumps(call) for call in calls)
    answer = http.post(url, data=body, timeout=30)
    if what:
        print(f"{what}:\n{answer.text}[{answer.status_code} {answer.headers.get('Error', '')}]")


one, two = "example:batch-1", "example:batch-2"
stock = {"tb": "example_batch", "key": "stock"}

# What an earlier run left.
ask("", f"{n1}/batch", {"call": "del", "key": one}, {"call": "del", "key": two}, {"call": "hdel", **stock})

ask(
    "records and a counter",
    f"{n1}/batch",
    {"call": "put", "key": one, "val": "one"},
    {"call": "put", "key": two, "val": "two", "ttl": 3600},
    {"call": "hset", **stock, "val": "10"},
    {"call": "hincrby", **stock, "val": -1},
)
ask(
    "read, from another node",
    f"{n2}/batch",
    {"call": "get", "key": one},
    {"call": "exist", "key": two},
    {"call": "hget", **stock},
    {"call": "get", "key": "example:no-such-key"},
)
ask(
    "as one",
    f"{n3}/batch?atomic=true",
    {"call": "put", "key": one, "val": "three", "ver": 1},
    {"call": "put", "key": one, "val": "four", "ver": 1},
)
ask(
    "a line that cannot be read: nothing is done",
    f"{n1}/batch",
    {"call": "del", "key": one},
    {"key": two},
)
ask("it is still there", f"{n2}/batch", {"call": "get", "key": one})
