#!/usr/bin/env python3
"""Records compared on two replicas, with requests. Each line: what was asked, the body, [status version]."""
import os

import requests

n1 = os.environ.get("NODE1", "http://127.0.0.1:8082")
n2 = os.environ.get("NODE2", "http://127.0.0.1:8083")
n3 = os.environ.get("NODE3", "http://127.0.0.1:8084")
http = requests.Session()


def ask(what, url, method="GET", **options):
    answer = http.request(method, url, timeout=30, **options)
    print(f"{what}: {answer.text} [{answer.status_code} {answer.headers.get('Version', '')}]")
    return answer

ask("put", f"{n1}/put?key=example:compared", "POST", data=b"both have it")
ask("compare", f"{n2}/get2?key=example:compared")
ask("set a field", f"{n1}/hset?tb=example_compared&key=f", "POST", data=b"1")
ask("compare", f"{n3}/hget2?tb=example_compared&key=f")
ask("add a member", f"{n2}/sadd?tb=example_members", "POST", data=b"m")
ask("compare", f"{n3}/sismember2?tb=example_members", "POST", data=b"m")
ask("set a score", f"{n3}/zadd?tb=example_compared_scores&score=7", "POST", data=b"m")
ask("compare", f"{n1}/zscore2?tb=example_compared_scores", "POST", data=b"m")
status = http.get(f"{n1}/sync_status", timeout=30)
print(f"nodes that were owed anything:  [{status.status_code} ]")
ask("delete", f"{n1}/del?key=example:compared")
ask("compare", f"{n2}/get2?key=example:compared")
http.get(f"{n1}/hdel?tb=example_compared&key=f")
http.post(f"{n1}/srem?tb=example_members", data=b"m")
http.post(f"{n1}/zrem?tb=example_compared_scores", data=b"m")
