"""A language model writes; what it writes is shown where it stands up to every check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace

from structlog.typing import FilteringBoundLogger

from indexer.text import clean, strip_invisible
from service.answers.port import Listener
from service.answers.quoted import Judged, Quoting, nothing
from service.answers.told import Extract, Statement, Told, Written
from service.answers.written.checks import Check, Source, Verifier, find_quote
from service.answers.written.exchange import Exchange, exchange
from service.answers.written.prompts import Prompts
from service.answers.written.reply import RawClaim, Reply
from service.language import Fault, LanguageModel, ModelError, Stop
from service.model import Checked, Evidence, Fallback, Reason
from service.question import Parsed
from service.search import Retrieval

# A quote of fewer words can be found almost anywhere and carries nothing.
_FEWEST_WORDS = 3
_UNSUPPORTED = "What the language model wrote could not be verified; these are the reports' own sentences."
_SILENT = "The language model gave no answer; these are the reports' own sentences."
_BROKE_OFF = "The language model broke off; what stands here had been verified."


class GenerativeAnswerer:
    """Safe for several threads.

    quoting  judges the evidence first, and answers where the model does not.
    """

    def __init__(
        self,
        model: LanguageModel,
        prompts: Prompts,
        verifier: Verifier,
        quoting: Quoting,
        log: FilteringBoundLogger,
    ) -> None:
        self._model = model
        self._prompts = prompts
        self._verifier = verifier
        self._quoting = quoting
        self._log = log

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, listener: Listener) -> Told:
        """As the port says. Evidence that looks too weak to quote from is still shown to the model, which may see that
        it answers; evidence about another matter is not."""
        judged = self._quoting.judged(asked, retrieval)
        if judged.reason in {Reason.SUBJECT_NOT_INDEXED, Reason.NO_EVIDENCE}:
            return self._quoting.told(judged, most)
        taken = _Taken(verifier=self._verifier, listener=listener)
        try:
            answered = self._write(asked.text, judged.evidence, most, taken)
        except ModelError as fault:
            if fault.fault is Fault.CANCELLED:
                raise
            kept = len(taken.statements)
            self._log.warning("model_failed", fault=fault.fault.value, detail=str(fault), kept=kept)
            fallback = Fallback(fault.fault.value)
            if kept:
                return self._told(judged, taken, fallback, after=(_BROKE_OFF,))
            return self._instead(_SILENT, judged, most, taken, fallback)
        if taken.statements:
            return self._told(judged, taken)
        if answered is False and not taken.dropped:
            return replace(nothing(judged, Reason.WEAK_EVIDENCE), written=self._written(taken))
        return self._instead(_UNSUPPORTED, judged, most, taken, Fallback.UNSUPPORTED)

    def _told(
        self, judged: Judged, taken: _Taken, fallback: Fallback | None = None, after: tuple[str, ...] = ()
    ) -> Told:
        return Told(
            statements=tuple(taken.statements),
            after=after,
            retrievals=(judged.retrieval,),
            support=judged.support,
            written=self._written(taken, fallback),
        )

    def _instead(self, why: str, judged: Judged, most: int, taken: _Taken, fallback: Fallback) -> Told:
        told = self._quoting.told(judged, most)
        before = (why, *told.before) if judged.reason is None else told.before
        return replace(told, before=before, written=self._written(taken, fallback))

    def _written(self, taken: _Taken, fallback: Fallback | None = None) -> Written:
        return Written(
            model=self._model.name,
            prompt=self._prompts.digest,
            kept=len(taken.statements),
            dropped=taken.dropped,
            fallback=fallback,
        )

    def _write(self, question: str, evidence: Sequence[Evidence], most: int, taken: _Taken) -> bool | None:
        """Whether the model says that the passages answer. A reply in no usable shape is asked for once more, in
        another way."""
        sent = exchange(self._prompts, question, evidence, most)
        for last in (False, True):
            reply = Reply()
            try:
                for raw in self._raw(reply, sent, taken.listener.stop):
                    taken.take(raw, sent)
                    if len(taken.statements) >= most:
                        return True
            except ModelError as fault:
                if fault.fault is not Fault.INVALID:
                    raise
                self._model.unusable()
                if last or taken.statements:
                    raise
            else:
                return reply.answered
        return None

    def _raw(self, reply: Reply, sent: Exchange, stop: Stop) -> Iterator[RawClaim | None]:
        with closing(self._model.write(sent.messages, sent.schema, stop)) as pieces:
            yield from reply.claims(pieces)


@dataclass(kw_only=True)
class _Taken:
    """What has been taken of a reply so far. `dropped` counts the other claims by the check that they failed."""

    verifier: Verifier
    listener: Listener
    statements: list[Statement] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def take(self, raw: RawClaim | None, sent: Exchange) -> None:
        """Keeps a claim, or counts what it failed."""
        if raw is None:
            self.dropped[Check.QUOTE] += 1
            return
        text = clean(strip_invisible(raw.text)[0])
        failed, rests = _located(raw, sent)
        if failed is None:
            sources = [Source(found=r.found, start=r.start, end=r.end) for r in rests]
            failed = self.verifier.failed(text, sources)
        if failed is not None:
            self.dropped[failed] += 1
        elif not any(text.casefold() == one.text.casefold() for one in self.statements):
            words = any(text == rest.text for rest in rests)
            statement = Statement(text=text, rests=rests, check=Checked.EXACT if words else Checked.SUPPORTED)
            self.statements.append(statement)
            self.listener.said(statement)


def _located(raw: RawClaim, sent: Exchange) -> tuple[Check | None, tuple[Extract, ...]]:
    """The published words of each quote. One source that is not what it says it is makes the claim fail: what it was
    to carry is then said by nothing."""
    rests: dict[tuple[str, int, int], Extract] = {}
    for source in raw.sources:
        found = sent.labels.get(source.label.strip())
        if found is None:
            return Check.LABEL, ()
        text = found.paragraph.text
        place = find_quote(text, source.quote)
        if place is None or (len(text[slice(*place)].split()) < _FEWEST_WORDS and place != (0, len(text))):
            return Check.QUOTE, ()
        rests[found.paragraph.id, *place] = Extract(found=found, start=place[0], end=place[1])
    return (None if rests else Check.QUOTE), tuple(rests.values())
