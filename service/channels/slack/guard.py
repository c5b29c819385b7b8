"""What a request from Slack has to look like before its signature is checked.

Slack's own library answers HTTP 500 to a timestamp that is no number, to a signature that is not ASCII and to a body
that is not UTF-8: anybody could fill the log with failures.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping

LARGEST_BODY = 256 * 1024

_TIMESTAMP = re.compile(r"[0-9]{1,12}", re.ASCII)
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}", re.ASCII)
# As Slack asks for, in seconds.
_WINDOW = 300


def refusal(headers: Mapping[str, str], body: bytes, now: Callable[[], float] = time.time) -> tuple[int, str] | None:
    """The status and the reason with which a request is refused; None if its signature is worth checking."""
    if len(body) > LARGEST_BODY:
        return 413, "the body is larger than Slack's requests are"
    timestamp = headers.get("x-slack-request-timestamp", "")
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(headers.get("x-slack-signature", "")):
        return 401, "the request is not signed as Slack signs its requests"
    if abs(now() - int(timestamp)) > _WINDOW:
        return 401, "the request is too old, or this machine's clock is wrong"
    try:
        body.decode()
    except UnicodeDecodeError:
        return 400, "the body is not UTF-8"
    return None
