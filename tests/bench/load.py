"""A small load generator: keep-alive connections to this machine only, bounded in number and time."""

import http.client
import statistics
import threading
import time
from dataclasses import dataclass

CONNECTIONS = 4
WARM_UP = 20
PATIENCE_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests a second, median and 99th percentile in milliseconds."""

    rate: float
    median_ms: float
    p99_ms: float


def _wait_until_up(port: int) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
            connection.request("GET", "/healthz", headers={"Host": "localhost"})
            connection.getresponse().read()
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            return


def _worker(port: int, path: str, number: int, times: list[float], failures: list[int]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
    for _turn in range(number):
        start = time.perf_counter()
        connection.request("GET", path, headers={"Host": f"localhost:{port}", "Accept-Encoding": "identity"})
        response = connection.getresponse()
        response.read()
        times.append(time.perf_counter() - start)
        if response.status != 200:
            failures.append(response.status)


def measure(port: int, path: str, requests: int) -> Measured:
    """Ask for ``path`` ``requests`` times over four connections; raises RuntimeError when an answer is not 200."""
    _wait_until_up(port)
    warm: list[float] = []
    failures: list[int] = []
    _worker(port, path, WARM_UP, warm, failures)
    times: list[float] = []
    threads = [
        threading.Thread(target=_worker, args=(port, path, requests // CONNECTIONS, times, failures))
        for _number in range(CONNECTIONS)
    ]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - start
    if failures:
        raise RuntimeError(f"{path}: answers {sorted(set(failures))}")
    times.sort()
    return Measured(len(times) / took, statistics.median(times) * 1000, times[int(len(times) * 0.99) - 1] * 1000)
