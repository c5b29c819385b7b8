"""The `citewise` command. Each package brings its own subcommands through the entry points "citewise.commands"."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib.metadata import EntryPoint, entry_points
from typing import Any

import typer

from indexer.errors import CitewiseError

_ORDER = ("index", "inspect", "ask", "search", "serve", "feedback", "widget", "slack", "eval")


def main() -> None:
    """Exit status: 0 done, 1 a fault, 2 wrong use. Faults are one clear line on standard error."""
    app = typer.Typer(
        help="Answers questions about published reports; every sentence is cited to the exact section.",
        context_settings={"help_option_names": ["-h", "--help"]},
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    app.callback()(_group)
    found = {point.name: point for point in entry_points(group="citewise.commands")}
    # Only the command that was asked for is imported, so that every command starts quickly.
    asked = next((word for word in sys.argv[1:] if not word.startswith("-")), None)
    for name in sorted(found, key=lambda n: _ORDER.index(n) if n in _ORDER else len(_ORDER)):
        if asked is None or asked == name or asked not in found:
            app.command(name)(_loaded(found[name]))
    try:
        app()
    except CitewiseError as fault:
        typer.echo(f"citewise: {fault}", err=True)
        raise SystemExit(fault.exit_status) from None
    except KeyboardInterrupt:
        typer.echo("citewise: stopped", err=True)
        raise SystemExit(130) from None


def _group() -> None:
    # Typer makes a lone command the whole program unless there is a callback.
    pass


def _loaded(point: EntryPoint) -> Callable[..., Any]:
    command: Callable[..., Any] = point.load()
    return command
