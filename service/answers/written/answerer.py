"""A language model writes; what it writes is shown where it stands up to every check."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing

from structlog.typing import FilteringBoundLogger

from indexer.text import clean, strip_invisible
from service.answers.draft import Draft, Written
from service.answers.port import Add, Extract, Stated
from service.answers.quoted import Judged, Quoting
from service.answers.written.checks import Check, Source, Verifier, find_quote
from service.answers.written.exchange import Exchange, exchange
from service.answers.written.prompts import Prompts
from service.answers.written.reply import RawClaim, Reply
from service.language import Fault, LanguageModel, ModelError
from service.model import Evidence, Fallback, Reason
from service.question import Parsed
from service.search import Retrieval

# A quote of fewer words can be found almost anywhere and carries nothing.
_FEWEST_WORDS = 3
_UNSUPPORTED = "What the language model wrote could not be verified; these are the reports' own sentences."
_SILENT = "The language model gave no answer; these are the reports' own sentences."
_BROKE_OFF = "The language model broke off; what stands here had been verified."
_SAYS_NO = "The reports do not say: the passages that come nearest do not answer the question."


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

    def answer(self, asked: Parsed, retrieval: Retrieval, most: int, draft: Draft, add: Add) -> Reason | None:
        """As the port says. Evidence that looks too weak to quote from is still shown to the model, which may see that
        it answers; evidence about another matter is not."""
        judged = self._quoting.judged(asked, retrieval, draft)
        if judged.reason in {Reason.SUBJECT_NOT_INDEXED, Reason.NO_EVIDENCE}:
            return self._quoting.told(judged, most, draft, add)
        written = draft.writes(self._model.name, self._prompts.digest)
        draft.observer.found(retrieval.evidence)
        try:
            answered = self._write(asked.text, judged.evidence, most, draft, written, add)
        except ModelError as fault:
            if fault.fault is Fault.CANCELLED:
                raise
            self._log.warning("model_failed", fault=fault.fault.value, detail=str(fault), kept=written.kept)
            written.fallback = Fallback(fault.fault.value)
            if written.kept:
                draft.note(_BROKE_OFF)
                return None
            return self._instead(_SILENT, judged, most, draft, add)
        if written.kept:
            return None
        if answered is False and not written.dropped:
            draft.note(_SAYS_NO)
            return Reason.WEAK_EVIDENCE
        written.fallback = Fallback.UNSUPPORTED
        return self._instead(_UNSUPPORTED, judged, most, draft, add)

    def _instead(self, why: str, judged: Judged, most: int, draft: Draft, add: Add) -> Reason | None:
        if judged.reason is None:
            draft.note(why)
        return self._quoting.told(judged, most, draft, add)

    def _write(
        self, question: str, evidence: Sequence[Evidence], most: int, draft: Draft, written: Written, add: Add
    ) -> bool | None:
        """Whether the model says that the passages answer. A reply in no usable shape is asked for once more, in
        another way."""
        sent = exchange(self._prompts, question, evidence, most)
        for last in (False, True):
            reply = Reply()
            try:
                for raw in self._raw(reply, sent, draft):
                    self._take(raw, sent, written, add)
                    if written.kept >= most:
                        return True
            except ModelError as fault:
                if fault.fault is not Fault.INVALID:
                    raise
                self._model.unusable()
                if last or written.kept:
                    raise
            else:
                return reply.answered
        return None

    def _raw(self, reply: Reply, sent: Exchange, draft: Draft) -> Iterator[RawClaim | None]:
        with closing(self._model.write(sent.messages, sent.schema, draft.observer.stop)) as pieces:
            yield from reply.claims(pieces)

    def _take(self, raw: RawClaim | None, sent: Exchange, written: Written, add: Add) -> None:
        """Adds a claim, or counts what it failed."""
        if raw is None:
            written.dropped[Check.QUOTE] += 1
            return
        text = clean(strip_invisible(raw.text)[0])
        failed, rests = _located(raw, sent)
        if failed is None:
            sources = [Source(found=r.found, start=r.start, end=r.end) for r in rests]
            failed = self._verifier.failed(text, sources)
        if failed is not None:
            written.dropped[failed] += 1
            return
        if text.casefold() in written.said:
            return
        written.said.add(text.casefold())
        written.kept += 1
        add(Stated(text=text, rests=rests))


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
