#!/usr/bin/env python3
"""The cache, which is in memory only, with requests. Each line: what was asked, the body, [status version]."""
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

for name in ["example:page", "example:hits"]:
    http.get(f"{n1}/cache/del?key={name}")

ask("put", f"{n1}/cache/put?key=example:page", "POST", data=b"<html>")
ask("append", f"{n2}/cache/append?key=example:page", "POST", data=b"</html>")
ask("get from another node", f"{n3}/cache/get?key=example:page")
ask("it stays for ever", f"{n1}/cache/ttl?key=example:page")
ask("let it expire", f"{n2}/cache/expire?key=example:page&ttl=3600")
ask("or not", f"{n3}/cache/persist?key=example:page")
ask("it stays for ever", f"{n1}/cache/ttl?key=example:page")
ask("count", f"{n1}/cache/hincrby?tb=example:hits&key=home&val=5")
ask("count in fractions", f"{n2}/cache/hincrbyfloat?tb=example:hits&key=home&val=0.25")
ask("get the field", f"{n3}/cache/hget?tb=example:hits&key=home")
ask("not a number", f"{n1}/cache/hincrby?tb=example:hits&key=home&val=x")
ask("delete the field", f"{n2}/cache/hdel?tb=example:hits&key=home")
ask("delete", f"{n1}/cache/del?key=example:page")
ask("get", f"{n3}/cache/get?key=example:page")
