"""What Slack sends, and what is done about it: one set of handlers for both transports.

Everything is acknowledged at once, for Slack waits three seconds; the answer follows by the response_url, or in a
thread.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp, AsyncRespond
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient
from structlog.typing import FilteringBoundLogger

from service.channels.slack.blocks import CHOICE, COMMENT, FULL, HELPFUL, SHARE, UNHELPFUL, aside, escaped, line, words
from service.channels.slack.comment import comment_of, comment_view
from service.channels.slack.desk import GONE, Asker, Desk
from service.channels.slack.places import BehindCommand, InThread
from service.channels.slack.streaming import FAULTS
from service.channels.slack.typed import TypedError, read_command, read_message
from service.settings import Settings

Payload = Mapping[str, Any]

DIRECT = "direct"
# The kinds of message events that a person writes anew: plain, with a file, and from a thread to its channel.
_WRITTEN = (None, "file_share", "thread_broadcast")
NOT_HERE = "This is not set up for this workspace or channel. Ask those who run it."


def slack_app(settings: Settings, desk: Desk, log: FilteringBoundLogger) -> AsyncApp:
    """Bolt's application, for either transport. Needs a bot token, and for HTTP the signing secret."""
    token, secret = settings.slack_bot_token, settings.slack_signing_secret
    client = AsyncWebClient(token=token.get_secret_value() if token else None, base_url=settings.slack_api_url)

    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
        # One workspace's token, known without asking Slack: asking would take from the three seconds.
        return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id, bot_token=client.token)

    quiet = logging.getLogger("citewise.slack")
    quiet.setLevel(logging.CRITICAL)  # Bolt's own lines carry what people wrote
    app = AsyncApp(
        logger=quiet,
        client=client,
        authorize=authorize,
        signing_secret=secret.get_secret_value() if secret else "",
    )
    handlers = _Handlers(settings, desk, log, client)
    app.command(re.compile(".+"))(handlers.command)
    for action, handler in handlers.actions():
        app.action(re.compile(rf"{action}(_\d+)?"))(handler)
    app.view(COMMENT)(handlers.commented)
    app.event("app_mention")(handlers.mention)
    app.event("message")(handlers.message)

    @app.error
    async def failed(error: Exception) -> None:
        log.error("slack_failed", exc_info=error)

    return app


class _Handlers:
    def __init__(self, settings: Settings, desk: Desk, log: FilteringBoundLogger, client: AsyncWebClient) -> None:
        self._workspaces = frozenset(settings.slack_workspaces)
        self._channels = frozenset(settings.slack_channels)
        self._desk = desk
        self._log = log
        self._client = client

    def actions(self) -> tuple[tuple[str, Callable[..., Awaitable[None]]], ...]:
        return (
            (HELPFUL, self.helpful),
            (UNHELPFUL, self.unhelpful),
            (SHARE, self.share),
            (CHOICE, self.choice),
            (FULL, self.opened),
        )

    async def command(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        asker = Asker(
            workspace=body.get("team_id", ""),
            channel=body.get("channel_id", ""),
            user=body.get("user_id", ""),
            talk=body.get("user_id", ""),
        )
        if not self._allowed(asker, direct=body.get("channel_name") == "directmessage"):
            await ack(text=NOT_HERE)
            return
        try:
            typed = read_command(body.get("text", ""))
        except TypedError as fault:
            await ack(text=escaped(str(fault)))
            return
        if typed.wants_help:
            await ack(**_help(body.get("command", "/ask-reports")))
            return
        await ack()
        if self._desk.deduplicator.is_new(body.get("trigger_id")):
            await self._desk.ask(asker, typed, BehindCommand(respond, self._log))

    async def mention(self, ack: AsyncAck, body: Payload) -> None:
        await ack()
        await self._asked_in_words(body, direct=False)

    async def message(self, ack: AsyncAck, body: Payload) -> None:
        """Only direct messages are for the bot; in channels it is mentioned."""
        await ack()
        if body.get("event", {}).get("channel_type") == "im":
            await self._asked_in_words(body, direct=True)

    async def _asked_in_words(self, body: Payload, *, direct: bool) -> None:
        event = body.get("event", {})
        if event.get("bot_id") or event.get("subtype") not in _WRITTEN or not event.get("user"):
            return  # an edit, a notice, or what a bot wrote: this one's own words too
        if not self._desk.deduplicator.is_new(body.get("event_id")):
            return
        workspace, channel, user = body.get("team_id", ""), event.get("channel", ""), event["user"]
        thread = event.get("thread_ts") or event.get("ts", "")
        asker = Asker(workspace=workspace, channel=channel, user=user, talk=thread)
        place = InThread(self._client, self._log, channel=channel, thread=thread, asker=(workspace, user))
        if not self._allowed(asker, direct=direct):
            await self._desk.say(place, NOT_HERE)
            return
        try:
            typed = read_message(event.get("text", ""))
        except TypedError as fault:
            await self._desk.say(place, str(fault))
            return
        if typed.wants_help:
            await self._desk.say(place, " ".join(_HELP))
            return
        await self._desk.ask(asker, typed, place)

    async def helpful(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        await ack()
        if asker := await self._presser(body, respond):
            said = await self._desk.judge(_value(body), "helpful", asker)
            await _tell(respond, said, body)

    async def unhelpful(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        await ack()
        if asker := await self._presser(body, respond):
            said = await self._desk.judge(_value(body), "unhelpful", asker)
            try:
                await self._client.views_open(trigger_id=body["trigger_id"], view=comment_view(_value(body)))
            except FAULTS as fault:  # the verdict is kept; only the question for a reason is not asked
                self._log.warning("slack_refused", detail=type(fault).__name__)
            await _tell(respond, said, body)

    async def commented(self, ack: AsyncAck, body: Payload) -> None:
        await ack()
        answer_id, comment = comment_of(body.get("view", {}))
        if answer_id and comment:
            asker = _asker(body)
            await self._desk.judge(answer_id, "unhelpful", asker, comment)

    async def share(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        await ack()
        if asker := await self._presser(body, respond):
            await self._desk.share(_value(body), asker, BehindCommand(respond, self._log))

    async def choice(self, ack: AsyncAck, body: Payload, respond: AsyncRespond) -> None:
        """Asks the question again, about what was chosen."""
        await ack()
        asker = await self._presser(body, respond)
        if asker is None:
            return
        answer_id, _, at = _value(body).partition(":")
        given = self._desk.given(answer_id)
        if given is None or not at.isdigit() or int(at) >= len(given.answer.choices):
            await _tell(respond, GONE, body)
            return
        typed = replace(given.typed, question=f"{given.answer.question} ({given.answer.choices[int(at)]})")
        await self._desk.ask(asker, typed, self._beside(body, asker, respond))

    async def opened(self, ack: AsyncAck) -> None:
        await ack()

    def _beside(self, body: Payload, asker: Asker, respond: AsyncRespond) -> BehindCommand | InThread:
        """Where the button's message stands."""
        message = body.get("message") or {}
        if body.get("container", {}).get("is_ephemeral") or not message.get("ts"):
            return BehindCommand(respond, self._log)
        thread = message.get("thread_ts") or message["ts"]
        return InThread(
            self._client, self._log, channel=asker.channel, thread=thread, asker=(asker.workspace, asker.user)
        )

    async def _presser(self, body: Payload, respond: AsyncRespond) -> Asker | None:
        """Who pressed a button; None for a press that comes again, or one from where this is not set up."""
        asker = _asker(body)
        if not self._desk.deduplicator.is_new(body.get("trigger_id")):
            return None
        if self._allowed(asker, direct=body.get("channel", {}).get("name") == "directmessage"):
            return asker
        await _tell(respond, NOT_HERE, body)
        return None

    def _allowed(self, asker: Asker, *, direct: bool) -> bool:
        if self._workspaces and asker.workspace not in self._workspaces:
            return False
        return not self._channels or asker.channel in self._channels or (direct and DIRECT in self._channels)


_HELP = (
    "Ask about the published reports in your own words, and every sentence of the answer is cited.",
    'Add in:"Northtown" for one subject, section:"Safeguarding" for one section, score:4 for a score.',
    "Ask on (“and what about carers?”) within half an hour; “new” starts afresh.",
    "Only you see the answer, until you share it.",
)


def _help(command: str) -> dict[str, Any]:
    example = f"{command} How long do carers wait for an assessment?"
    return {
        "text": escaped(" ".join((*_HELP, f"For example: {example}"))),
        "blocks": [*(line(words(text)) for text in _HELP), line(words("For example: "), words(example, bold=True)),
                   aside("Answers are made automatically from the reports. Please do not type personal details.")],
    }  # fmt: skip


def _asker(body: Payload) -> Asker:
    user = body.get("user", {}).get("id", "")
    message = body.get("message") or {}
    ephemeral = body.get("container", {}).get("is_ephemeral")
    talk = user if ephemeral or not message.get("thread_ts") else message["thread_ts"]
    return Asker(
        workspace=(body.get("team") or {}).get("id", ""),
        channel=body.get("channel", {}).get("id", ""),
        user=user,
        talk=talk,
    )


def _value(body: Payload) -> str:
    return str(body["actions"][0].get("value", ""))


async def _tell(respond: AsyncRespond, text: str, body: Payload) -> None:
    """Beside the message with the button, for the presser alone."""
    thread = (body.get("message") or {}).get("thread_ts")
    with suppress(*FAULTS):
        await respond(text=escaped(text), response_type="ephemeral", replace_original=False, thread_ts=thread)
