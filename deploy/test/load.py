#!/usr/bin/env python3
"""Half writes, half reads, from a few threads; each operation is repeated at most once, through another node.

  load.py ENDPOINT,ENDPOINT,... [--threads 4] [--pause 0.01]

Runs until SIGTERM, then reads every key back and prints one line of JSON. Each key belongs to one thread, so what it
must hold is known: the last acknowledged value, or one whose outcome the thread never learnt. Each run has keys of its
own, so that no value and no idempotency key of another run is in its way. Exit code 0 when no operation failed, no read
was wrong and nothing acknowledged was lost.
"""

import argparse
import http.client
import json
import os
import random
import signal
import sys
import threading
import time

TIMEOUT = 15
RUN = f"{int(time.time())}-{os.getpid()}"


class Refused(Exception):
    """No answer, or one that decides nothing."""


class Client(threading.Thread):
    def __init__(self, number, endpoints, pause, stop):
        super().__init__()
        self.number, self.endpoints, self.pause, self.stop = number, endpoints, pause, stop
        self.random = random.Random(number)
        self.connections = {}
        self.possible = {}  # key -> the values that a read may see
        self.counts = {"ops": 0, "retried": 0, "failed": 0, "wrong": 0, "stale": 0}
        self.slowest = 0.0
        self.messages = []

    def call(self, method, path, body=None, headers=None):
        """One operation: an attempt, and after a failure one more through another node."""
        first, second = self.random.sample(self.endpoints, 2)
        began = time.monotonic()
        try:
            try:
                return self.once(first, method, path, body, headers)
            except Refused as refusal:
                self.counts["retried"] += 1
                why = f"{first}: {refusal}"
            try:
                # On a connection of its own: one kept from before may have died with its node.
                kept = self.connections.pop(second, None)
                if kept is not None:
                    kept.close()
                return self.once(second, method, path, body, headers)
            except Refused as refusal:
                raise Refused(f"{why}; then {second}: {refusal}") from None
        finally:
            self.slowest = max(self.slowest, time.monotonic() - began)

    def once(self, endpoint, method, path, body, headers):
        try:
            connection = self.connections.get(endpoint)
            if connection is None:
                connection = http.client.HTTPConnection(endpoint, timeout=TIMEOUT)
                self.connections[endpoint] = connection
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as e:
            self.connections.pop(endpoint).close()
            raise Refused(repr(e)) from None
        error = answer.getheader("Error", "")
        absent = answer.status == 404 and error == "not-found"
        if answer.status != 200 and not absent:
            raise Refused(f"HTTP {answer.status} {error}")
        return answer, content

    def put(self, key, value):
        headers = {"Idempotency-Key": f"{key}-{value}"}
        self.possible.setdefault(key, {None}).add(value)
        self.call("PUT", f"/put?key={key}", value.encode(), headers)
        self.possible[key] = {value}

    def get(self, key):
        answer, content = self.call("GET", f"/get?key={key}")
        seen = content.decode() if answer.status == 200 else None
        if answer.getheader("Stale"):
            self.counts["stale"] += 1
            return
        if seen not in self.possible.get(key, {None}):
            self.counts["wrong"] += 1
            self.messages.append(f"{key}: read {seen}, may be {self.possible.get(key)}")

    def run(self):
        serial = 0
        while not self.stop.is_set():
            key = f"load-{RUN}-{self.number}-{self.random.randrange(200)}"
            serial += 1
            self.counts["ops"] += 1
            try:
                if self.random.random() < 0.5:
                    self.put(key, str(serial))
                else:
                    self.get(key)
            except Refused as refusal:
                self.counts["failed"] += 1
                self.messages.append(f"{time.strftime('%H:%M:%S')} {key}: {refusal}")
            time.sleep(self.pause)

    def verify(self):
        """How many keys do not hold what was acknowledged."""
        lost = 0
        for key, possible in self.possible.items():
            answer, content = self.call("GET", f"/get?key={key}&consistency=linearizable")
            seen = content.decode() if answer.status == 200 else None
            if seen not in possible:
                lost += 1
                self.messages.append(f"{key}: holds {seen}, should be one of {possible}")
        return lost


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("endpoints")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument("--pause", type=float, default=0.01)
    options = parser.parse_args()
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, lambda *_: stop.set())
    endpoints = options.endpoints.split(",")
    clients = [Client(n, endpoints, options.pause, stop) for n in range(options.threads)]
    for client in clients:
        client.start()
    for client in clients:
        client.join()
    total = {name: sum(c.counts[name] for c in clients) for name in clients[0].counts}
    total["keys"] = sum(len(c.possible) for c in clients)
    total["lost"] = sum(c.verify() for c in clients)
    total["slowest_s"] = round(max(c.slowest for c in clients), 2)
    total["messages"] = [message for c in clients for message in c.messages][:10]
    print(json.dumps(total))
    sys.exit(1 if total["failed"] or total["wrong"] or total["lost"] else 0)


main()
