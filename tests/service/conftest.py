"""A small index with a real catalogue, and fakes for searching and answering."""

from __future__ import annotations

import io
import re
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_index import make_catalogue

from indexer.index.catalogue import Catalogue
from service.errors import AnswererError, UnknownFilterError
from service.live import LiveIndex, OpenGeneration
from service.logs import make_log
from service.model import (
    Answer,
    Citation,
    Claim,
    Evidence,
    Nearest,
    Outcome,
    Provenance,
    RatingFound,
    Reason,
    Searched,
    Understood,
)


def words(text: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", text.lower()))


class FakeSubjects:
    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue

    def indexed(self):
        return ("Aldermere", "Tovey")

    def find(self, wording):
        return {"aldermere": "Aldermere", "tovey": "Tovey", "nether poole": "Nether Poole"}.get(wording.lower())

    def subject_of(self, report_id):
        return None

    def reports_about(self, name):
        return tuple(r.id for r in self._catalogue.reports() if r.metadata.subject == name)


class FakeRetriever:
    """Ranks by shared words."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self.subjects = FakeSubjects(catalogue)

    def search(self, text, filters, limit):
        for name in filters.reports or ():
            if self._catalogue.report(name) is None:
                raise UnknownFilterError("filters.reports", f"no report {name!r} is in the index")
        ranges = self._catalogue.paragraph_ranges(
            reports=filters.reports, sections=filters.sections, scores=filters.scores
        )
        all_found = [p for r in self._catalogue.reports() for p in self._catalogue.paragraphs(r.id)]
        scored = [
            (len(words(text) & words(p.paragraph.text)), p)
            for p in all_found
            if p.paragraph.role == "finding" and (ranges is None or any(p.key in r for r in ranges))
        ]
        best = sorted((s for s in scored if s[0]), key=lambda s: -s[0])[:limit]
        evidence = tuple(Evidence(found=p, dense=0.5, lexical=None, fused=float(n)) for n, p in best)
        return SimpleNamespace(evidence=evidence, timings_ms={"embed": 1.0, "search": 0.5})


class FakeAnswering:
    """Quotes the first half of the best paragraph; `before` runs at the beginning of every answer."""

    def __init__(self, catalogue: Catalogue, generation: str, index: FakeIndex) -> None:
        self._catalogue = catalogue
        self._generation = generation
        self._index = index

    def answer(self, question, observer=None):
        """As "generative", where the index has a `writing`: that is called with the observer, and then answers."""
        if question.answerer == "generative" and self._index.writing is None:
            raise AnswererError("no generative answerer is set up in this service")
        if question.answerer == "generative":
            observer.began("ans_1", question.text)
            self._index.writing(observer)
        self._index.before()
        found = FakeRetriever(self._catalogue).search(question.text, question.filters, question.max_citations).evidence
        common = {
            "id": "ans_1",
            "question": question.text,
            "standalone_question": question.text,
            "searched": Searched(reports=2, paragraphs=8, filters=question.filters.stated()),
            "provenance": Provenance(generation=self._generation, embedding_model="fake", answerer="extractive"),
            "timings_ms": {"embed": 1.0, "total": 2.0},
            "understood": self._index.understood,
        }
        if not found:
            near = self._catalogue.paragraph("aldermere-2025:feedback:1")
            return Answer(
                **common,
                outcome=Outcome.NOT_FOUND,
                reason=Reason.NO_EVIDENCE,
                text="No passage was found that clearly answers this.",
                notes=("No passage was found that clearly answers this.",),
                nearest=(
                    Nearest(found=near, snippet="Staff learned", quote=near.paragraph.text[:13], start=0, end=13),
                ),
                attribution=None,
            )
        best = found[0].found
        quote = best.paragraph.text[: len(best.paragraph.text) // 2]
        return Answer(
            **common,
            evidence=found,
            outcome=Outcome.ANSWERED,
            reason=None,
            text=f"{quote} [1]",
            claims=(Claim(text=quote, citations=(1,)),),
            citations=(Citation(number=1, found=best, quote=quote, start=0, end=len(quote)),),
            ratings=(
                RatingFound(
                    report=best.report, section="Safeguarding", score=3, judgement=None, percent=None, citation=1
                ),
            ),
            attribution=best.report.metadata.attribution,
        )


@dataclass
class FakeIndex:
    """An index folder that can be republished. `opening` runs while a generation is opened, `before` in each answer;
    `understood` is told of every question."""

    path: Path
    current: str | None = "g1"
    opening: Callable[[], None] = lambda: None
    before: Callable[[], None] = lambda: None
    opened: list[str] = field(default_factory=list)
    writing: Callable | None = None
    understood: Understood = field(default_factory=Understood)
    released: list[str] = field(default_factory=list)

    def newest(self) -> str | None:
        return self.current

    def open_newest(self) -> OpenGeneration:
        name = self.current
        assert name is not None
        self.opening()
        self.opened.append(name)
        catalogue = Catalogue(self.path)

        def release() -> None:
            self.released.append(name)
            catalogue.close()

        return OpenGeneration(
            generation=name,
            created=datetime(2025, 11, 1, tzinfo=UTC),
            embedding_model="fake",
            counts=catalogue.counts(),
            skipped=0,
            catalogue=catalogue,
            retriever=FakeRetriever(catalogue),
            answering=FakeAnswering(catalogue, name, self),
            release=release,
        )

    def live(self, log=None, failed=None, seconds=0.01) -> LiveIndex:
        return LiveIndex(
            Path("index"),
            open_newest=self.open_newest,
            newest=self.newest,
            seconds=seconds,
            log=log or make_log("debug", io.StringIO()),
            failed=failed,
        )


def wait_for(condition: Callable[[], object], seconds: float = 5.0) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        threading.Event().wait(0.005)


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def fake_index(tmp_path: Path) -> FakeIndex:
    return FakeIndex(make_catalogue(tmp_path / "catalogue.sqlite"))


@pytest.fixture
def new_catalogue() -> Callable[..., Path]:
    return make_catalogue


@pytest.fixture
def catalogue(fake_index: FakeIndex) -> Iterator[Catalogue]:
    opened = Catalogue(fake_index.path)
    yield opened
    opened.close()


@pytest.fixture
def live(fake_index: FakeIndex) -> Iterator[LiveIndex]:
    index = fake_index.live()
    index.start()
    wait_for(lambda: index.readiness().ready)
    yield index
    index.close()


@pytest.fixture
def wait() -> Callable[..., None]:
    return wait_for


@pytest.fixture(scope="session")
def opened_sample(tmp_path_factory) -> Iterator[OpenGeneration]:
    """The sample reports, with the real index, model and retrieval."""
    # What most tests here do without takes a second to import.
    from indexer.build import BuildOptions, build
    from indexer.progress import ConsoleProgress
    from service import composition
    from service.settings import Settings

    index = tmp_path_factory.mktemp("sample") / "index"
    with ConsoleProgress(quiet=True) as progress:
        assert build(Path(__file__).parents[2] / "corpus", index, BuildOptions(), progress).ok
    settings = Settings(index=index)
    opened = composition.open_generation(settings, composition.encoder_of(settings))
    yield opened
    opened.release()
