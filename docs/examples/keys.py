#!/usr/bin/env python3
"""Keys, versions, times to live, freshness, with requests. Each line: what was asked, the body, [status version]."""
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


# What an earlier run left.
http.get(f"{n1}/del?key=example:greeting")
http.get(f"{n1}/del?key=example:soon-gone")

ask("put", f"{n1}/put?key=example:greeting", "PUT", data=b"hello")
ask("get from another node", f"{n2}/get?key=example:greeting")
ask("exist", f"{n3}/exist?key=example:greeting")
ask("put again", f"{n3}/put?key=example:greeting", "POST", data=b"hello, world")
ask("put if it still is version 2", f"{n1}/put?key=example:greeting&ver=2", "POST", data=b"mine")
ask("put if it still is version 2", f"{n2}/put?key=example:greeting&ver=2", "POST", data=b"theirs")
ask("get, linearizable", f"{n2}/get?key=example:greeting&consistency=linearizable")
ask("get what this node has", f"{n1}/get?key=example:no-such-key&consistency=local")
ask("put for an hour", f"{n1}/put?key=example:soon-gone&ttl=3600", "POST", data=b"x")
ask("a key is bytes", f"{n1}/put?key=%65xample:soon-gone&ver=1&ttl=60", "POST", data=b"y")
ask("delete", f"{n2}/del?key=example:greeting")
ask("get", f"{n1}/get?key=example:greeting")
ask("delete", f"{n2}/del?key=example:greeting")
ask("no key", f"{n1}/get")
