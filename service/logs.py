"""The log: one JSON object a line on standard error, the libraries' messages among them."""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, TextIO

import structlog
from asgi_correlation_id import correlation_id
from structlog.typing import FilteringBoundLogger, Processor


def make_log(level: str, stream: TextIO | None = None) -> FilteringBoundLogger:
    """A log of its own; nothing global is configured."""
    log: FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream or sys.stderr),
        processors=[_add_request, structlog.processors.add_log_level, *_common(), structlog.processors.JSONRenderer()],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        cache_logger_on_first_use=False,
    )
    return log


def adopt_libraries(level: str, stream: TextIO | None = None) -> None:
    """Sends what libraries log through Python's logging to the same stream in the same form.

    For the process that serves: it takes over the root logger.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[
                _add_request,
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                *_common(),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(logging.getLevelName(level.upper()), logging.WARNING))


def _common() -> list[Processor]:
    return [
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]


def _add_request(_logger: Any, _name: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if request := correlation_id.get():
        event.setdefault("request_id", request)
    return event
