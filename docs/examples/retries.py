#!/usr/bin/env python3
"""Writes repeated safely, with requests. Each line: what was asked, the body, [status version]."""
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


order = f"example:order-{os.getpid()}-{os.urandom(4).hex()}"
http.get(f"{n1}/hdel?tb=example_retries&key=stock")
ask("stock", f"{n1}/hset?tb=example_retries&key=stock", "POST", data=b"10")
# The answer to this one never arrived, let us say. So it is sent again, to another node, with the same key.
take = "hincrby?tb=example_retries&key=stock&val=-1"
ask("take one", f"{n1}/{take}", headers={"Idempotency-Key": order})
ask("take one, repeated", f"{n2}/{take}", headers={"Idempotency-Key": order})
ask("stock", f"{n3}/hget?tb=example_retries&key=stock")
ask("take another", f"{n3}/{take}", headers={"Idempotency-Key": f"{order}-2"})
