"""`make bench`: what a page costs, beside a bare Django view that returns the same bytes under the same server.

Two archives, 1,000 and 100,000 articles (BENCH_SIZES=1000,100000), in a folder of their own; the page cache off, so that
the page itself is measured, and once more with it on. Prints a table and keeps it in tests/bench/results.md.
"""

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import Measured, measure

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.md")
# BENCH_PAGES=home,list,article leaves search out, and with it the minutes that indexing a large archive takes.
PAGES = tuple(os.environ.get("BENCH_PAGES", "home,list,article,search,calendar").split(","))
PORTAL_PORT, BARE_PORT = 18701, 18702
REQUESTS = int(os.environ.get("BENCH_REQUESTS", "400"))
SIZES = [int(size) for size in os.environ.get("BENCH_SIZES", "1000,100000").split(",")]


@dataclass(frozen=True, slots=True)
class Row:
    """One page of one archive: queries, and the portal's and the bare view's figures from the same minute."""

    size: int
    cached: bool
    page: str
    queries: int
    cpu_ms: float
    portal: Measured
    bare: Measured


def environment(var: Path, *, cached: bool) -> dict[str, str]:
    """The portal's production settings on a folder of the bench's own."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.base",
        "SECRET_KEY": "bench-" + "abcdefghij" * 6,
        "DEBUG": "0",
        "VAR_DIR": str(var),
        "DATABASE_URL": f"sqlite:///{var / 'db.sqlite3'}",
        "SEARCH_URL": f"whoosh://{var / 'whoosh'}",
        "PORTAL_DOMAIN": "localhost",
        "PAGE_CACHE_SECONDS": "60" if cached else "0",
        "LOG_LEVEL": "ERROR",
        "BENCH_VAR": str(var),
        "MALLOC_ARENA_MAX": "2",
    }


def manage(var: Path, *words: str) -> str:
    """Run one management command; its output is the answer."""
    done = subprocess.run(
        [sys.executable, "manage.py", *words], cwd=ROOT, env=environment(var, cached=False), check=True,
        capture_output=True, text=True,
    )  # fmt: skip
    return done.stdout


def serve(var: Path, application: str, port: int, *, cached: bool) -> "subprocess.Popen[bytes]":
    """Start gunicorn as `make run` does, on another port."""
    env = environment(var, cached=cached) | {"PORTAL_BIND": f"127.0.0.1:{port}", "WEB_LOG_LEVEL": "error"}
    command = [sys.executable, "-m", "gunicorn", "-c", "portal/gunicorn_conf.py", application]
    return subprocess.Popen(command, cwd=ROOT, env=env)


def prepare(var: Path, size: int, *, index: bool) -> dict[str, tuple[str, int, float]]:
    """Fill the archive; page → (address, queries, processor time in ms), and each page's bytes for the bare view."""
    manage(var, "demo", "--scale", str(size))
    if index:
        manage(var, "reindex")
    lines = manage(var, "shell", "-c", "from tests.bench.probe import probe; probe()").splitlines()
    found = [line.split("\t") for line in lines if line.startswith("page\t")]
    return {name: (path, int(queries), float(cpu)) for _word, name, path, queries, cpu in found}


def measure_size(var: Path, size: int, *, cached: bool) -> list[Row]:
    """Both servers up, each page measured on both in turn."""
    pages = prepare(var, size, index="search" in PAGES and not cached)
    servers = [
        serve(var, "portal.wsgi:application", PORTAL_PORT, cached=cached),
        serve(var, "tests.bench.bare:application", BARE_PORT, cached=cached),
    ]
    rows = []
    try:
        for name in PAGES:
            path, queries, cpu = pages[name]
            bare = measure(BARE_PORT, f"/{name}", REQUESTS)
            portal = measure(PORTAL_PORT, path, REQUESTS)
            rows.append(Row(size, cached, name, queries, cpu, portal, bare))
            print(line(rows[-1]), flush=True)  # noqa: T201 - a person waits
    finally:
        for server in servers:
            server.terminate()
            server.wait(20)
    return rows


def line(row: Row) -> str:
    """One row of the table."""
    cache = "on" if row.cached else "off"
    return (
        f"| {row.size:,} | {cache} | {row.page} | {row.queries} | {row.cpu_ms:.1f} | {row.portal.rate:.0f} | {row.portal.median_ms:.1f} | "
        f"{row.portal.p99_ms:.1f} | {row.bare.rate:.0f} | {row.bare.p99_ms:.1f} | "
        f"{row.portal.median_ms / row.bare.median_ms:.1f} |"
    )


def growth(rows: list[Row]) -> list[str]:
    """Processor time at the largest archive over the smallest, page by page: steadier than the clock on a busy machine."""
    small, large = min(SIZES), max(SIZES)
    timed = {(row.size, row.page): row.cpu_ms for row in rows if not row.cached}
    return [f"- {page}: {timed[large, page] / timed[small, page]:.2f}" for page in PAGES if small != large]


def report(rows: list[Row]) -> str:
    """The whole table with its date and machine."""
    head = (
        "# What a page costs\n\n"
        f"`make bench`, {time.strftime('%Y-%m-%d')}, {os.cpu_count()} cores, {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite, Whoosh; {REQUESTS} requests a page over 4 connections, server and "
        "client on the same machine.\nThe bare view returns the same bytes from memory under the same gunicorn.\n\n"
        "| articles | page cache | page | queries | cpu ms | req/s | median ms | p99 ms | bare req/s | bare p99 ms | times bare |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|\n"
    )
    tail = (
        f"\n\nProcessor time of one page at {max(SIZES):,} articles over {min(SIZES):,}, page cache off:\n\n"
        + "\n".join(growth(rows))
    )
    return head + "\n".join(line(row) for row in rows) + tail + "\n"


def main() -> None:
    """Measure everything, print and keep the table."""
    folder = Path(tempfile.mkdtemp(prefix="cong-bench-"))
    rows: list[Row] = []
    try:
        manage(folder, "migrate", "-v0")
        manage(folder, "collectstatic", "--noinput", "-v0")
        for size in sorted(SIZES):
            rows += measure_size(folder, size, cached=False)
        rows += measure_size(folder, max(SIZES), cached=True)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    RESULTS.write_text(report(rows), encoding="utf-8")
    print(report(rows))  # noqa: T201 - the command's answer


if __name__ == "__main__":
    main()
