"""The whole service over an index, in a thread of this process."""

from __future__ import annotations

import io
import socket
import threading
import time
from contextlib import closing
from pathlib import Path

import httpx
import uvicorn

from service.app import create_app
from service.composition import live_index
from service.logs import make_log
from service.settings import Settings
from service.store import Feedback, open_store


class Service:
    """The whole service in a thread of this process. It can be stopped and started again at the same address."""

    def __init__(self, index: Path, **settings: object) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = Settings(index=index, port=self.port, **settings)
        self._live = live_index(self._settings, self._log())
        self._live.start()
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.start()
        _until(lambda: httpx.get(f"{self.url}/readyz").status_code == 200, 120)

    @staticmethod
    def _log():
        return make_log("error", io.StringIO())

    def start(self) -> None:
        app = create_app(self._settings, self._live, self._log())
        config = uvicorn.Config(
            app, host="127.0.0.1", port=self.port, log_config=None, access_log=False, timeout_graceful_shutdown=1
        )
        self._server = uvicorn.Server(config)
        self._thread = threading.Thread(target=self._server.run, daemon=True)
        self._thread.start()
        _until(lambda: self._server.started, 30)

    def feedback(self) -> list[Feedback]:
        with closing(open_store(self._settings.store_address)) as store:
            return list(store.feedback())

    def stop(self) -> None:
        """Ends the server, not the index: starting again takes no time."""
        self._server.should_exit = True
        self._thread.join(20)

    def close(self) -> None:
        self.stop()
        self._live.close()


def _until(condition, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        threading.Event().wait(0.02)
