"""The process behind `citewise slack`: Socket Mode, for a service that Slack cannot reach. It opens a connection to
Slack, answers what comes through it, and lets running answers end when it is stopped."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import typer
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from structlog.typing import FilteringBoundLogger

from indexer.errors import CitewiseError
from service.app import told_of_answers
from service.channels.slack.streaming import FAULTS
from service.channels.slack.wiring import slack_channel
from service.channels.work import Workers
from service.composition import live_index, writer_of
from service.errors import ServiceError
from service.keeping import Keeping
from service.live import LiveIndex
from service.logs import adopt_libraries, make_log
from service.metrics import Metrics
from service.settings import Settings, check_slack
from service.store import open_store

_GRACE_SECONDS = 20
_CONNECT_SECONDS = 30


def run(settings: Settings) -> None:
    """Answers until SIGINT or SIGTERM.

    Raises SettingsError if a token or the public URL is missing, ServiceError if Slack does not take a token or cannot
    be reached, and what opening the index raises if the index that is there at the start cannot be opened.
    """
    check_slack(settings, "slack_bot_token", "slack_app_token")
    adopt_libraries(settings.log_level)
    log = make_log(settings.log_level)
    asyncio.run(_answering(settings, log))


async def _answering(settings: Settings, log: FilteringBoundLogger) -> None:
    loop = asyncio.get_running_loop()
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    faults: list[CitewiseError] = []

    def failed(fault: CitewiseError) -> None:
        faults.append(fault)
        loop.call_soon_threadsafe(stop.set)

    metrics = Metrics()
    with writer_of(settings, log, metrics.used) as writer:
        live = live_index(settings, log, failed=failed, writer=writer)
        live.start()
        try:
            async with _connected(settings, live, log, metrics) as workspace:
                typer.echo(f"Citewise answers in {workspace} (stop with Ctrl+C)", err=True)
                await stop.wait()
        finally:
            live.close()
    if faults:
        raise faults[0]


@asynccontextmanager
async def _connected(
    settings: Settings, live: LiveIndex, log: FilteringBoundLogger, metrics: Metrics
) -> AsyncIterator[str]:
    """The workspace's name, while its questions are answered."""
    workers = Workers(live, threads=settings.threads, patient=2 * settings.model_calls)
    keeping = Keeping(lambda: open_store(settings.store_address), log, days=settings.keep_days)
    desk, app = slack_channel(settings, workers, keeping, told_of_answers(settings, keeping, metrics), log)
    token = settings.slack_app_token
    # Not Bolt's own logger, which is kept quiet: this one tells of connections, never of what people wrote.
    connection = logging.getLogger("citewise.socket_mode")
    handler = AsyncSocketModeHandler(app, token.get_secret_value() if token else "", logger=connection)
    try:
        workspace = await _greeted(app, handler)
        keeping.start()
        yield workspace
        # Slack gives what comes from now on to another connection, or tells the person that nobody answers.
        handler.client.auto_reconnect_enabled = False
        await handler.client.disconnect()  # type: ignore[no-untyped-call]
        await desk.finish(_GRACE_SECONDS)
    finally:
        await handler.client.close()  # type: ignore[no-untyped-call]
        workers.close()
        keeping.close()


async def _greeted(app: AsyncApp, handler: AsyncSocketModeHandler) -> str:
    """Connects, and gives the workspace's name. Raises ServiceError."""
    name = "CITEWISE_SLACK_BOT_TOKEN"
    try:
        known = await app.client.auth_test()
        name = "CITEWISE_SLACK_APP_TOKEN"
        # By itself the client would go on trying, and say nothing.
        handler.client.wss_uri = await handler.client.issue_new_wss_url()
        async with asyncio.timeout(_CONNECT_SECONDS):
            await handler.client.connect()  # type: ignore[no-untyped-call]
    except SlackApiError as fault:
        raise ServiceError(f"Slack does not take {name}: {fault.response.get('error')}") from fault
    except FAULTS as fault:
        raise ServiceError(f"Slack cannot be reached ({type(fault).__name__}: {fault}); see docs/slack.md") from fault
    return str(known.get("team") or known.get("team_id") or "Slack")
