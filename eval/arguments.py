"""How the commands of the evaluation read their arguments."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

Left = TypeVar("Left")
Right = TypeVar("Right")


def command_parser(module: str, description: str | None) -> argparse.ArgumentParser:
    """description  the module's docstring, shown as it is written."""
    return argparse.ArgumentParser(
        prog=f"python -m {module}", description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )


def named_path(text: str) -> tuple[str, Path]:
    """NAME=PATH."""
    return _pair(text, text.partition("="), str, Path, "NAME=PATH")


def named_number(text: str) -> tuple[str, float]:
    """NAME=NUMBER."""
    return _pair(text, text.partition("="), str, float, "NAME=NUMBER")


def path_and_count(text: str) -> tuple[Path, int]:
    """PATH=COUNT."""
    return _pair(text, text.rpartition("="), Path, int, "PATH=COUNT")


def path_and_share(text: str) -> tuple[Path, float]:
    """PATH=SHARE, or PATH alone for all of it."""
    path, _, share = text.partition("=")
    return _pair(text, (path, "=", share or "1"), Path, float, "PATH=SHARE")


def _pair(
    text: str, parts: tuple[str, str, str], left: Callable[[str], Left], right: Callable[[str], Right], form: str
) -> tuple[Left, Right]:
    """Raises ArgumentTypeError where there is no "=", or what stands on a side of it is not of its type."""
    try:
        if parts[1]:
            return left(parts[0]), right(parts[2])
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r}: write {form}")
