#!/usr/bin/env python3
"""Sets, with requests. Each line: what was asked, the body, [status version]."""
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

table = "tb=example_set"
for member in [b"apple", b"pear"]:
    http.post(f"{n1}/srem?{table}", data=member)

ask("add", f"{n1}/sadd?{table}", "POST", data=b"apple")
ask("add another", f"{n2}/sadd?{table}", "POST", data=b"pear")
ask("add the first again", f"{n3}/sadd?{table}", "POST", data=b"apple")
ask("is it a member", f"{n1}/sismember?{table}", "POST", data=b"apple")
ask("is it a member", f"{n1}/sismember?{table}", "POST", data=b"plum")
ask("remove", f"{n2}/srem?{table}", "POST", data=b"apple")
ask("remove", f"{n2}/srem?{table}", "POST", data=b"apple")
answer = http.get(f"{n1}/sadd?{table}", timeout=30)
print(f"the member is the body:  [{answer.status_code} {answer.headers.get('Version', '')}]")
ask("remove the last one", f"{n3}/srem?{table}", "POST", data=b"pear")
