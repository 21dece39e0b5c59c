#!/usr/bin/env python3
"""Hashes, with requests. Each line: what was asked, the body, [status version]."""
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

table = "tb=example_hash"
for field in ["name", "visits"]:
    http.get(f"{n1}/hdel?{table}&key={field}")

ask("set a field", f"{n1}/hset?{table}&key=name", "POST", data=b"Ada")
ask("get it", f"{n2}/hget?{table}&key=name")
ask("is there a field", f"{n3}/hexist?{table}&key=nickname")
ask("set it again", f"{n2}/hset?{table}&key=name&ver=1", "PUT", data=b"Ada Lovelace")
ask("count", f"{n1}/hincrby?{table}&key=visits&val=5")
ask("count down", f"{n2}/hincrby?{table}&key=visits&val=-2")
ask("the counter is text", f"{n3}/hget?{table}&key=visits")
ask("a name is no number", f"{n1}/hincrby?{table}&key=name&val=1")
ask("a hash is no set", f"{n1}/sadd?{table}", "POST", data=b"member")
ask("delete a field", f"{n3}/hdel?{table}&key=name")
ask("delete the last one", f"{n3}/hdel?{table}&key=visits")
ask("no table any more", f"{n1}/hget?{table}&key=visits")
