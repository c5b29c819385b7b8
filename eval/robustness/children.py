"""The real commands as child processes, each ended by its own id."""

from __future__ import annotations

import http.client
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.errors import MeasureError

_GRACE = 30.0
_LONGEST_START = 300.0
_SERVES = re.compile(r"http://([0-9.]+):(\d+)/")


def citewise(*words: str) -> list[str]:
    """The command line of `citewise`, run by this very interpreter."""
    return [sys.executable, "-c", "from indexer.cli import main; main()", *words]


@dataclass(frozen=True, kw_only=True, slots=True)
class Finished:
    seconds: float
    status: int
    output: str
    errors: str


def run(command: Sequence[str]) -> Finished:
    """Runs a command to its end. Raises MeasureError where its exit status is not 0."""
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    seconds = time.perf_counter() - began
    if done.returncode:
        raise MeasureError(f"{' '.join(command[3:])} ended with {done.returncode}: {done.stderr.strip()[-500:]}")
    return Finished(seconds=seconds, status=done.returncode, output=done.stdout, errors=done.stderr)


@dataclass(frozen=True, kw_only=True, slots=True)
class Built:
    """What `citewise index --json` told, and how long the command took."""

    seconds: float
    told: Mapping[str, Any]


def build(corpus: Path, index: Path) -> Built:
    """A build that may leave some files out, as its exit status says. Raises MeasureError where it fails as a whole."""
    command = citewise("index", str(corpus), "--index", str(index), "--json", "--quiet")
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own command
    seconds = time.perf_counter() - began
    try:
        return Built(seconds=seconds, told=json.loads(done.stdout))
    except json.JSONDecodeError as fault:
        raise MeasureError(f"citewise index ended with {done.returncode}: {done.stderr.strip()[-500:]}") from fault


@contextmanager
def child(command: Sequence[str], log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child whose output goes to a file; when the block ends, it is asked to end, and killed if it does not."""
    with log.open("wb") as out:
        process = subprocess.Popen(command, stdout=out, stderr=out)  # noqa: S603 - our own command
    try:
        yield process
    finally:
        if process.poll() is None:
            process.terminate()
            try:
                process.wait(_GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
        process.wait()


@dataclass(frozen=True, kw_only=True, slots=True)
class Service:
    """A running `citewise serve`. `ready` is how many seconds its start took until it could answer."""

    host: str
    port: int
    process: int
    ready: float

    def connect(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection(self.host, self.port, timeout=120)

    def resident(self) -> tuple[float, float] | None:
        """MiB in memory now and at most, pages of mapped files included; None where the system does not tell."""
        status = Path(f"/proc/{self.process}/status")
        if not status.is_file():
            return None
        sizes = dict(re.findall(r"^(VmRSS|VmHWM):\s+(\d+) kB$", status.read_text(), re.MULTILINE))
        return int(sizes["VmRSS"]) / 1024, int(sizes["VmHWM"]) / 1024


@contextmanager
def service(index: Path, log: Path) -> Iterator[Service]:
    """`citewise serve` on a free port of this machine, ready for questions. Raises MeasureError."""
    began = time.perf_counter()
    with child(citewise("serve", "--index", str(index), "--host", "127.0.0.1", "--port", "0"), log) as process:
        host, port = _address(process, log)
        while not _is_ready(host, port):
            _check_alive(process, log, began)
            time.sleep(0.01)
        yield Service(host=host, port=port, process=process.pid, ready=time.perf_counter() - began)


def _address(process: subprocess.Popen[bytes], log: Path) -> tuple[str, int]:
    began = time.perf_counter()
    while not (found := _SERVES.search(log.read_text(errors="replace"))):
        _check_alive(process, log, began)
        time.sleep(0.01)
    return found[1], int(found[2])


def _check_alive(process: subprocess.Popen[bytes], log: Path, began: float) -> None:
    if process.poll() is not None or time.perf_counter() - began > _LONGEST_START:
        raise MeasureError(f"citewise serve did not come up: {log.read_text(errors='replace').strip()[-500:]}")


def _is_ready(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def asked(connection: http.client.HTTPConnection, question: str) -> tuple[int, bytes]:
    """Status and body of POST /v1/ask."""
    body = json.dumps({"question": question}).encode()
    connection.request("POST", "/v1/ask", body, {"Content-Type": "application/json"})
    reply = connection.getresponse()
    return reply.status, reply.read()


def cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
