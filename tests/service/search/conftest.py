"""A few made-up reports with a real index and the real embedding model."""

from __future__ import annotations

from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from indexer.build import BuildOptions, build
from indexer.embedding import load_encoder
from indexer.index.generations import open_index
from indexer.progress import ConsoleProgress
from service.model import Question
from service.question import Parser
from service.question.parsed import Parsed
from service.search import Retriever, SecondLook

CARERS = "Carers waited eleven weeks for an assessment, and a third of them had not been told why it took so long."
REPORTS = {
    "marrowby-2022": """# Marrowby Council: assessment

## Support for carers

Carers waited thirty weeks for an assessment in the spring, which leaders called far too long.

## Learning from complaints

Complaints were answered late and nobody looked at them together.
""",
    "marrowby-2025": f"""# Marrowby Council: assessment

## Support for carers

{CARERS}

Carers praised the sitting service, which let them leave the house for an evening.

Carers could ring a helpline at night.

Carers were given a card for emergencies.

Carers had a newsletter every quarter.

## Learning from complaints

Complaints were read together every month, and the bins of the garden service came up most often.

## Summary

{CARERS}
""",
    "quillham-2025": f"""# Quillham Council: assessment

## Support for carers

{CARERS}

## Learning from complaints

Complaints led to a new letter that says in plain words what was decided and why.
""",
}
TABLE = """[[report]]
file = "{name}.md"
title = "{subject} Council: assessment"
subject = "{subject} Council"
published = {year}-05-01
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[SimpleNamespace]:
    corpus, index = tmp_path_factory.mktemp("corpus"), tmp_path_factory.mktemp("index")
    tables = []
    for name, text in REPORTS.items():
        (corpus / f"{name}.md").write_text(text, encoding="utf-8")
        subject, year = name.split("-")
        tables.append(TABLE.format(name=name, subject=subject.capitalize(), year=year))
    (corpus / "reports.toml").write_text("\n".join(tables), encoding="utf-8")
    with ConsoleProgress(quiet=True) as progress:
        assert build(corpus, index, BuildOptions(), progress).ok
    opened = open_index(index)
    parser = Parser(opened.catalogue, opened.store)
    encoder = load_encoder()

    def retriever(**second) -> Retriever:
        return Retriever(opened, encoder, parser, SecondLook(**second))

    yield SimpleNamespace(parser=parser, carers=CARERS, retriever=retriever(), looking_twice=retriever)
    opened.close()


@pytest.fixture
def understood(made):
    def of(text: str) -> Parsed:
        return made.parser.parse(Question(text=text))

    return of
