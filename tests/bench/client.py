"""One measurement from outside: ``python client.py PORT PATH REQUESTS CONNECTIONS [COOKIE]``.

Each connection stays open and asks again as soon as it has its answer. Prints the seconds it took.
A process of its own, so that its work is in nobody's figures.
"""

import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection


def ask(port, path, count, headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for _request in range(count):
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        answer.read()
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    connection.close()


def main(port, path, requests, connections, cookie=""):
    headers = {"Accept-Encoding": "gzip", **({"Cookie": cookie} if cookie else {})}
    shares = [int(requests) // int(connections)] * int(connections)
    begin = time.perf_counter()
    with ThreadPoolExecutor(len(shares)) as pool:
        list(pool.map(lambda share: ask(port, path, share, headers), shares))
    sys.stdout.write(str(time.perf_counter() - begin))


if __name__ == "__main__":
    main(*sys.argv[1:])
