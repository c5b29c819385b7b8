"""Claims shown in a thread as they are verified, by Slack's streams; they take Markdown, and no other text format."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence

from aiohttp import ClientError
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_chat_stream import AsyncChatStream
from slack_sdk.web.async_client import AsyncWebClient
from structlog.typing import FilteringBoundLogger

from service.answers.observer import NoObserver
from service.channels.slack.blocks import Block
from service.channels.understood import UNSURE
from service.model import Checked, Citation, Claim

# What speaking to Slack may raise.
FAULTS = (SlackClientError, ClientError, OSError, TimeoutError)

# Of CommonMark; the colon and the at sign, too, so that nothing becomes an address or a mention by itself.
_SIGNS = re.compile(r"[\\`*_{}\[\]()#+\-.!|~:@$=]")


def in_markdown(text: str) -> str:
    """Text that shows as it is."""
    literal = _SIGNS.sub(lambda match: f"\\{match[0]}", " ".join(text.split()))
    return re.sub("[&<>]", lambda match: {"&": "&amp;", "<": "&lt;", ">": "&gt;"}[match[0]], literal)


class ClaimStream:
    """One message that grows. `told` are the claims in it; once Slack refuses a part, it takes no more."""

    def __init__(
        self, client: AsyncWebClient, log: FilteringBoundLogger, where: Mapping[str, str], *, team: str, user: str
    ) -> None:
        self._client = client
        self._log = log
        self._where = where
        self._recipient = {"recipient_team_id": team, "recipient_user_id": user}
        self._stream: AsyncChatStream | None = None
        self._broken = False
        self.told: list[str] = []

    async def claim(self, claim: Claim) -> None:
        if self._broken:
            return
        text = claim.text
        marks = "".join(f" \\[{number}\\]" for number in claim.citations)
        if claim.check is Checked.UNSURE:
            marks += f" _({UNSURE})_"
        try:
            if self._stream is None:
                # The client's own buffer would hold short claims back.
                self._stream = await self._client.chat_stream(**self._where, **self._recipient, buffer_size=1)
            await self._stream.append(markdown_text=f"{in_markdown(text)}{marks}\n\n")
            self.told.append(text)
        except FAULTS as fault:
            self._broken = True
            self._log.warning("slack_stream_refused", detail=type(fault).__name__)

    async def end(self, blocks: Sequence[Block]) -> bool:
        """Ends the message with these below it; whether Slack took them."""
        if self._stream is None or not self.told:
            return False
        try:
            await self._stream.stop(blocks=list(blocks))
        except FAULTS as fault:
            self._log.warning("slack_stream_refused", detail=type(fault).__name__)
            return False
        return True


class Watching(NoObserver):
    """Passes verified claims from the worker's thread to a stream, in order; made in the event loop."""

    def __init__(self, stream: ClaimStream) -> None:
        super().__init__()
        self.stream = stream
        self._loop = asyncio.get_running_loop()
        self._claims: asyncio.Queue[Claim | None] = asyncio.Queue()

    def claimed(self, claim: Claim, citations: Sequence[Citation]) -> None:  # noqa: ARG002 - a claim names its own
        self._loop.call_soon_threadsafe(self._claims.put_nowait, claim)

    async def pass_on(self) -> None:
        """Until the end, and what has come before it."""
        while (claim := await self._claims.get()) is not None:
            await self.stream.claim(claim)

    def end(self) -> None:
        self.stop.set()
        self._claims.put_nowait(None)
