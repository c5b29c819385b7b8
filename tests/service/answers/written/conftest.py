"""The sample reports, a real index and real checks, with a scripted model that writes."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from scripted_model import ASKED, Model

from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from service import composition
from service.answers.written import load_prompts
from service.answers.written.checks import Verifier
from service.logs import make_log
from service.model import Answer, Question
from service.settings import PROMPTS, Settings

CORPUS = Path(__file__).parents[4] / "corpus"
MODEL = Model()


@pytest.fixture(scope="module")
def opened(tmp_path_factory) -> Iterator:
    index = tmp_path_factory.mktemp("generative") / "index"
    with ConsoleProgress(quiet=True) as progress:
        assert build(CORPUS, index, BuildOptions(), progress).ok
    settings = Settings(index=index, answerer="generative")
    verifier = Verifier(composition.judge_of(settings)())
    log = make_log("error", io.StringIO())
    writer = composition.Writer(model=MODEL, prompts=load_prompts(PROMPTS), verifier=verifier, log=log)
    opened = composition.open_generation(settings, composition.encoder_of(settings), writer=writer)
    yield opened
    opened.release()


@pytest.fixture
def model() -> Model:
    MODEL.__init__()
    return MODEL


@pytest.fixture
def ask(opened, model) -> Callable[..., Answer]:
    def asked(text: str = ASKED, **more) -> Answer:
        answer = opened.answering.answer(Question(text=text, **more))
        for citation in answer.citations:
            assert citation.found.paragraph.text[citation.start : citation.end] == citation.quote
        assert all(claim.citations for claim in answer.claims)
        return answer

    return asked
