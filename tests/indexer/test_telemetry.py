"""Nothing that embeds leaves the machine: not a question, and not that one was asked."""

from __future__ import annotations

import subprocess
import sys

# Every name looked up and every connection made is told by Python's own audit events.
WATCH = """
import os, sys, tempfile
from pathlib import Path
os.environ.pop("CI", None)
sys.addaudithook(lambda event, args: event in ("socket.connect", "socket.getaddrinfo") and print(event, args))
from indexer.embedding import load_encoder
encoder = load_encoder(backend="openvino", cache=Path(tempfile.mkdtemp()))
encoder.encode_query("Who waits?")
print(encoder.backend, sys.modules.get("openvino_telemetry"))
"""


def test_exporting_and_using_the_graph_opens_no_connection():
    done = subprocess.run([sys.executable, "-c", WATCH], capture_output=True, text=True, timeout=300, check=True)
    assert done.stdout.splitlines() == ["openvino None"]
