"""Questions from Slack: bounded, in context, answered or told why not. Knows nothing of Slack's own requests."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace

from starlette.exceptions import HTTPException
from structlog.typing import FilteringBoundLogger

from indexer.errors import CitewiseError
from service.channels.slack.memory import Deduplicator, ExpiringCache
from service.channels.slack.message import Message, Shown, answer_message, bare, plain, without_table
from service.channels.slack.places import BehindCommand, DeliveryError, Place
from service.channels.slack.streaming import ClaimStream, Watching
from service.channels.slack.turnstile import Turnstile
from service.channels.slack.typed import Typed
from service.channels.work import Workers
from service.errors import NotReadyError, UnknownFilterError
from service.keeping import Keeping
from service.live import OpenGeneration
from service.model import Answer, Question, Turn
from service.store import StoreError, Verdict

# After so many seconds a person is told that it takes a while; Slack's own patience with a command is 3.
_PROGRESS_SECONDS = 2.5
# An answer has to come while the response_url is good, which is half an hour.
_LONGEST_SECONDS = 25 * 60
# A conversation goes on as long as its last question is not older.
_TALK_SECONDS = 30 * 60
_MOST_TALKS = 5000
_MOST_TURNS = 6
_LONGEST_TURN = 4000
# An answer can be shared, and its choices taken, for so long.
_ANSWER_SECONDS = 24 * 60 * 60
_MOST_ANSWERS = 2000

BUSY = "You have questions in progress already. Please wait for their answers, and ask again."
LOOKING = "Looking through the reports…"
TOO_LONG = "This took too long. Please try a narrower question."
NOT_READY = "The reports are not ready to be searched yet. Please ask again in a minute."
FAILED = "Something went wrong, and it has been noted. Please ask again; if it happens again, tell those who run this."
OVERLOADED = "Too many questions are waiting just now. Please ask again in a minute."
GONE = "This answer is no longer at hand. Please ask the question again."
AFRESH = "The conversation starts afresh."


@dataclass(frozen=True, kw_only=True, slots=True)
class Asker:
    """Ids, as Slack gives them. `talk` is where earlier questions count: a person in a channel, or a thread."""

    workspace: str
    channel: str
    user: str
    talk: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.workspace, self.channel, self.talk


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """An answer that may still be shared or asked on."""

    answer: Answer
    typed: Typed


@dataclass(frozen=True, kw_only=True)
class Service:
    """What answers, and keeps what people say.

    answered  told of every answer, in a worker's thread.
    patiently  answers may wait for a language model, and come claim by claim.
    base      the address under which people reach the service.
    secret    makes voices that name nobody.
    """

    workers: Workers
    keeping: Keeping
    log: FilteringBoundLogger
    answered: Callable[[Answer], None]
    patiently: bool
    log_questions: bool
    base: str
    secret: bytes


class Desk:
    """For one event loop."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._log = service.log
        self._turnstile = Turnstile()
        self._talks: ExpiringCache[tuple[str, str, str], tuple[Turn, ...]] = ExpiringCache(
            most=_MOST_TALKS, seconds=_TALK_SECONDS
        )
        self._given: ExpiringCache[str, Given] = ExpiringCache(most=_MOST_ANSWERS, seconds=_ANSWER_SECONDS)
        self._shared = Deduplicator(seconds=_ANSWER_SECONDS)
        self.deduplicator = Deduplicator()

    async def ask(self, asker: Asker, typed: Typed, place: Place) -> None:
        """Answers, or says why not; never raises."""
        try:
            with self._turnstile.passing(asker.workspace, asker.user) as free:
                if not free:
                    await self._say(place, BUSY)
                elif typed.afresh:
                    self._talks.remove(asker.key)
                    await self._say(place, AFRESH)
                else:
                    await self._answer(asker, typed, place)
        except DeliveryError:
            self._log.error("slack_undelivered")
        except Exception as fault:  # noqa: BLE001 - whatever it is, the person is told
            await self.say(place, self._said_of(fault))

    async def say(self, place: Place, text: str) -> None:
        """Something other than an answer; never raises."""
        try:
            await self._say(place, text)
        except DeliveryError:
            self._log.error("slack_undelivered")

    async def _say(self, place: Place, text: str) -> None:
        await place.show([lambda: plain(text)])

    def given(self, answer_id: str) -> Given | None:
        return self._given.get(answer_id)

    async def share(self, answer_id: str, asker: Asker, place: BehindCommand) -> None:
        """Shows the answer to the channel, once."""
        given = self._given.get(answer_id)
        if given is None:
            await self.say(place, GONE)
        elif not self._shared.is_new(f"{answer_id} {asker.channel}"):
            await self.say(place, "This answer has been shared here already.")
        else:
            shown = Shown(base=self._service.base, filters=given.typed.filters, asker=asker.user)
            try:
                await place.share(_ways(given.answer, shown))
            except DeliveryError:
                self._log.error("slack_undelivered")
                self._shared.remove(f"{answer_id} {asker.channel}")
                await self.say(place, FAILED)

    async def judge(self, answer_id: str, verdict: Verdict, asker: Asker, comment: str | None = None) -> str:
        """Keeps what a person thinks of an answer, and gives what to say to that."""
        voice = hmac.new(self._service.secret, f"{answer_id} {asker.workspace} {asker.user}".encode(), hashlib.sha256)
        try:
            await self._service.keeping.feedback(answer_id, verdict, comment, voice=voice.hexdigest()[:16])
        except StoreError:
            return "That could not be kept just now. Please try again later."
        return "Thank you. That has been kept, without your name."

    async def finish(self, seconds: float) -> None:
        """Waits for the answers in progress."""
        if not await self._turnstile.emptied(seconds):
            self._log.warning("slack_unfinished")

    async def _answer(self, asker: Asker, typed: Typed, place: Place) -> None:
        question = Question(text=typed.question, filters=typed.filters, history=self._talks.get(asker.key) or ())
        if self._service.log_questions:
            self._log.info("question", question=question.text)
        stream = place.stream() if self._service.patiently else None
        try:
            answer = await self._made(question, place, Watching(stream) if stream else None)
        except BaseException:
            if stream is not None:
                await stream.end(())
            raise
        turn = Turn(question=answer.standalone_question, answer=answer.text[:_LONGEST_TURN])
        self._talks.put(asker.key, (*question.history, turn)[-_MOST_TURNS:])
        self._given.put(answer.id, Given(answer=answer, typed=typed))
        shown = Shown(base=self._service.base, filters=typed.filters, share=place.private)
        if stream is not None and await _ended(stream, answer, shown):
            await place.withdraw()
        else:
            await place.show(_ways(answer, shown))

    async def _made(self, question: Question, place: Place, watching: Watching | None) -> Answer:
        def work(opened: OpenGeneration) -> Answer:
            answer = opened.answering.answer(question, watching)
            self._service.answered(answer)
            return answer

        working = asyncio.ensure_future(self._service.workers.run(work, patiently=self._service.patiently))
        passing = asyncio.ensure_future(watching.pass_on()) if watching else None
        try:
            done, _ = await asyncio.wait({working}, timeout=_PROGRESS_SECONDS)
            if not done and (watching is None or not watching.stream.told):
                await place.progress(LOOKING)
            async with asyncio.timeout(_LONGEST_SECONDS):
                return await working
        finally:
            if watching and passing:
                watching.end()
                await passing

    def _said_of(self, fault: Exception) -> str:
        if isinstance(fault, UnknownFilterError):
            name = {"filters.subjects": "in:", "filters.sections": "section:"}.get(fault.field, "filter:")
            return f"{name} {str(fault).split('; /v1/')[0]}."
        if isinstance(fault, NotReadyError):
            return NOT_READY
        if isinstance(fault, TimeoutError):
            return TOO_LONG
        if isinstance(fault, HTTPException) and fault.status_code == 503:
            return OVERLOADED
        known = isinstance(fault, CitewiseError)
        self._log.error("slack_failed", detail=str(fault) if known else None, exc_info=None if known else fault)
        return FAILED


async def _ended(stream: ClaimStream, answer: Answer, shown: Shown) -> bool:
    """Whether the answer is all there, with its sources below the claims that were streamed."""
    same = [claim.text for claim in answer.claims[: len(stream.told)]] == stream.told
    blocks = answer_message(answer, replace(shown, told=len(stream.told))).blocks if same else ()
    return await stream.end(blocks) and same


def _ways(answer: Answer, shown: Shown) -> list[Callable[[], Message]]:
    """The same said in more and more modest forms, for a Slack that does not take the first."""
    return [
        lambda: answer_message(answer, shown),
        lambda: answer_message(answer, without_table(shown)),
        lambda: bare(answer, shown),
    ]
