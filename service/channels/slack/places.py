"""Where an answer goes: behind a slash command, or into a thread. What Slack refuses is said in another way, so that
nobody waits for nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Protocol, TypeVar

from slack_bolt.context.respond.async_respond import AsyncRespond
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from structlog.typing import FilteringBoundLogger

from service.channels.slack.message import Message
from service.channels.slack.streaming import FAULTS, ClaimStream

Result = TypeVar("Result")

# After a failure of the network or of Slack itself: how long, in seconds, until it is tried again.
_PAUSES = (0.5, 2.0)
_TOO_MANY, _BROKEN = 429, 500


class DeliveryError(Exception):
    """Slack did not take a message in any form. Internals stay out of it."""


class Place(Protocol):
    """`private` tells that only the person who asked sees what is shown here."""

    private: bool

    async def progress(self, text: str) -> None:
        """Says that it takes a while; once for each question."""

    async def withdraw(self) -> None:
        """Takes back what `progress` said, where nothing takes its place."""

    async def show(self, ways: Sequence[Callable[[], Message]]) -> None:
        """Shows the first of these ways to say the same that Slack takes. Raises DeliveryError."""

    def stream(self) -> ClaimStream | None:
        """For claims as they come; None where this place has no streams."""


class BehindCommand:
    """The response_url of a command or a button: five messages in half an hour, seen by one person."""

    private = True

    def __init__(self, respond: AsyncRespond, log: FilteringBoundLogger) -> None:
        self._respond = respond
        self._log = log
        self._waiting = False

    async def progress(self, text: str) -> None:
        self._waiting = bool(await _attempted(self._send(Message(text=text)), self._log))

    async def withdraw(self) -> None:
        pass

    async def show(self, ways: Sequence[Callable[[], Message]]) -> None:
        await _first_taken(ways, self._send, self._log)

    def stream(self) -> ClaimStream | None:
        return None

    async def share(self, ways: Sequence[Callable[[], Message]]) -> None:
        """For all in the channel to see. Raises DeliveryError."""
        await _first_taken(ways, partial(self._send, public=True), self._log)

    async def _send(self, message: Message, *, public: bool = False) -> bool:
        reply = await self._respond(
            text=message.text,
            blocks=list(message.blocks) or None,
            response_type="in_channel" if public else "ephemeral",
            replace_original=self._waiting and not public,
            unfurl_links=False,
            unfurl_media=False,
        )
        if reply.status_code != 200:
            raise _RefusedError(reply.status_code, str(reply.body)[:200])
        return True


class InThread:
    """A thread under a mention or a direct message, for all who see it."""

    private = False

    def __init__(
        self, client: AsyncWebClient, log: FilteringBoundLogger, *, channel: str, thread: str, asker: tuple[str, str]
    ) -> None:
        """asker  the ids of the workspace and the person."""
        self._client = client
        self._log = log
        self._where = {"channel": channel, "thread_ts": thread}
        self._asker = asker
        self._waiting: str | None = None

    async def progress(self, text: str) -> None:
        self._waiting = await _attempted(self._send(Message(text=text)), self._log)

    async def withdraw(self) -> None:
        if self._waiting is not None:
            await _attempted(self._client.chat_delete(channel=self._where["channel"], ts=self._waiting), self._log)

    async def show(self, ways: Sequence[Callable[[], Message]]) -> None:
        await _first_taken(ways, self._send, self._log)

    def stream(self) -> ClaimStream | None:
        team, user = self._asker
        return ClaimStream(self._client, self._log, self._where, team=team, user=user)

    async def _send(self, message: Message) -> str | None:
        blocks = list(message.blocks)
        try:
            if self._waiting is not None:
                reply = await self._client.chat_update(
                    channel=self._where["channel"], ts=self._waiting, text=message.text, blocks=blocks
                )
            else:
                reply = await self._client.chat_postMessage(
                    channel=self._where["channel"],
                    thread_ts=self._where["thread_ts"],
                    text=message.text,
                    blocks=blocks,
                    unfurl_links=False,
                    unfurl_media=False,
                )
        except SlackApiError as fault:
            raise _RefusedError(fault.response.status_code, str(fault.response.get("error"))) from fault
        return reply.get("ts")


class _RefusedError(Exception):
    def __init__(self, status: int, reason: str) -> None:
        super().__init__(f"{status} {reason}")
        self.passing = status == _TOO_MANY or status >= _BROKEN or "ratelimited" in reason


async def _attempted(sending: Awaitable[Result], log: FilteringBoundLogger) -> Result | None:
    """What it gives; None where it fails, for an answer does not depend on it."""
    try:
        return await sending
    except (_RefusedError, *FAULTS) as fault:
        log.warning("slack_refused", detail=str(fault))
        return None


async def _first_taken(
    ways: Sequence[Callable[[], Message]], send: Callable[[Message], Awaitable[object]], log: FilteringBoundLogger
) -> None:
    for make in ways:
        try:
            await _persistently(make(), send)
        except _RefusedError as fault:
            log.warning("slack_refused", detail=str(fault))
            continue
        return
    raise DeliveryError


async def _persistently(message: Message, send: Callable[[Message], Awaitable[object]]) -> None:
    """Tries again where that may help. Raises what the last attempt raised, as _RefusedError."""
    for pause in (*_PAUSES, None):
        try:
            await send(message)
        except (_RefusedError, *FAULTS) as fault:
            refused = fault if isinstance(fault, _RefusedError) else None
            if pause is None or (refused is not None and not refused.passing):
                raise refused or _RefusedError(0, type(fault).__name__) from fault
            await asyncio.sleep(pause)
        else:
            return
