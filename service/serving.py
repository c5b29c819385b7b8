"""The process behind `citewise serve`: uvicorn, with a start that fails clearly and a stop that loses no request."""

from __future__ import annotations

import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager

import typer
import uvicorn

from indexer.errors import CitewiseError
from service.app import create_app
from service.composition import live_index, writer_of
from service.errors import ServiceError
from service.logs import adopt_libraries, make_log
from service.metrics import Metrics
from service.settings import Settings, check_reach

_GRACE_SECONDS = 20


class _Server(uvicorn.Server):
    """Ends well on a signal: uvicorn's own raises it again at the end, which reads as a crash."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        before = {number: signal.signal(number, self.handle_exit) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)


def run(settings: Settings) -> None:
    """Serves until SIGINT or SIGTERM, then lets the requests in flight end.

    Raises SettingsError if the address may not be served, ServiceError if it cannot be, and what opening the
    index raises if the index that is there at the start cannot be opened.
    """
    check_reach(settings)
    listening = _listen(settings)
    adopt_libraries(settings.log_level)
    log = make_log(settings.log_level)
    faults: list[CitewiseError] = []

    def stop(fault: CitewiseError) -> None:
        faults.append(fault)
        server.should_exit = True

    metrics = Metrics()
    with writer_of(settings, log, metrics.used) as writer:
        live = live_index(settings, log, failed=stop, writer=writer)
        server = _Server(
            uvicorn.Config(
                create_app(settings, live, log, metrics),
                log_config=None,
                access_log=False,
                server_header=False,
                timeout_graceful_shutdown=_GRACE_SECONDS,
                timeout_keep_alive=30,
            )
        )
        host, port = listening.getsockname()[:2]
        typer.echo(
            f"Citewise serves http://{f'[{host}]' if ':' in host else host}:{port}/ (stop with Ctrl+C)", err=True
        )
        live.start()
        try:
            server.run(sockets=[listening])
        finally:
            live.close()
    if faults:
        raise faults[0]


def _listen(settings: Settings) -> socket.socket:
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[
            0
        ]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(address)
    except OSError as fault:
        reason = fault.strerror or fault
        raise ServiceError(
            f"cannot listen on {settings.host}:{settings.port} ({reason}); choose another with --host or --port"
        ) from fault
    return listening
