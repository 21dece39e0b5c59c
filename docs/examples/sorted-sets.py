#!/usr/bin/env python3
"""Sorted sets, with requests. Each line: what was asked, the body, [status version]."""
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

table = "tb=example_scores"
for member in [b"ada", b"bob", b"eve"]:
    http.post(f"{n1}/zrem?{table}", data=member)

ask("add", f"{n1}/zadd?{table}&score=70", "POST", data=b"ada")
ask("add", f"{n2}/zadd?{table}&score=30", "POST", data=b"bob")
ask("add", f"{n3}/zadd?{table}&score=-5", "POST", data=b"eve")
ask("raise by ten", f"{n1}/zadd?{table}&score=10&opt=1", "POST", data=b"bob")
ask("score", f"{n2}/zscore?{table}", "POST", data=b"bob")
ask("is it a member", f"{n3}/zismember?{table}", "POST", data=b"joe")
ask("lowest two", f"{n1}/zrangebyrank?{table}&offset=0&size=2&noval=false")
ask("from 0 to 100", f"{n2}/zrangebyscore?{table}&min=0&max=100&offset=0&size=10&noval=false")
for member in [b"ada", b"bob", b"eve"]:
    ask("remove", f"{n3}/zrem?{table}", "POST", data=member)
ask("no table any more", f"{n1}/zrangebyrank?{table}&offset=0&size=2")
