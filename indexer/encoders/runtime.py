"""OpenVINO, which computes the networks.

It reports its use to its maker over the network, unless its telemetry cannot be imported. Nothing leaves the machine of
somebody who asks about reports.
"""

from __future__ import annotations

import sys

sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]  # None is how an import is barred
import openvino  # noqa: E402

__all__ = ["openvino"]
