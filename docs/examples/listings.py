#!/usr/bin/env python3
"""Listings and figures, with requests: every node is asked for what it holds."""
import os
import time

import requests

n1 = os.environ.get("NODE1", "http://127.0.0.1:8082")
n2 = os.environ.get("NODE2", "http://127.0.0.1:8083")
n3 = os.environ.get("NODE3", "http://127.0.0.1:8084")
http = requests.Session()
table = "tb=example_colours"
colours = ["red", "green", "blue"]

for colour in colours:
    http.get(f"{n1}/hdel?{table}&key={colour}")
    http.post(f"{n1}/hset?{table}&key={colour}", data=f"the colour {colour}".encode())

# A node is asked for its own replicas, which may be a moment behind.
while '"count":3' not in http.get(f"{n2}/stat?peer=1&{table}").text:
    time.sleep(0.1)

print("nodes:", http.get(f"{n1}/peer_count").text)
# Peer 1 is the second node, whichever is asked: keys and values are base64.
for page in ["offset=0&size=10&noval=false", "offset=2&size=10"]:
    answer = http.get(f"{n2}/hkeys?peer=1&{table}&{page}")
    print(f"{answer.text} [{answer.status_code}, {answer.headers['Keys']} of them]")
for name in [table, "tb=example_no_such_table"]:
    answer = http.get(f"{n3}/stat?peer=1&{name}")
    print(f"{answer.text} [{answer.status_code}]")

for colour in colours:
    http.get(f"{n1}/hdel?{table}&key={colour}")
