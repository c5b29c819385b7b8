"""Answers with a real llama.cpp server whose model has random weights: well-formed, and supported by nothing.

Run by `make test-llm`, which builds both. CITEWISE_TEST_LLM names the folder that they are in.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from indexer.build import BuildOptions, build
from indexer.progress import ConsoleProgress
from service import composition
from service.answers.written import load_prompts
from service.answers.written.exchange import exchange
from service.language import Message, Stop, Usage
from service.language.asking import Way
from service.language.client import ChatClient, Server
from service.logs import make_log
from service.model import Fallback, Outcome, Question
from service.settings import PROMPTS, Settings

CORPUS = Path(__file__).parents[2] / "corpus"
_SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string", "maxLength": 12}, "yes": {"type": "boolean"}},
    "required": ["word", "yes"],
    "additionalProperties": False,
}
FOLDER = Path(os.environ["CITEWISE_TEST_LLM"]).resolve()


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(FOLDER / "llama-server"), "-m", str(FOLDER / "tiny.gguf"), "--port", str(port), "-t", "1"]
    command += ["-c", "32768", "--parallel", "1", "--host", "127.0.0.1"]
    with (FOLDER / "server.log").open("w") as log:
        running = subprocess.Popen(command, stdout=log, stderr=log)
    try:
        for _ in range(200):
            try:
                if httpx.get(f"http://127.0.0.1:{port}/health").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            assert running.poll() is None, (FOLDER / "server.log").read_text()[-2000:]
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        running.terminate()
        running.wait(20)


def test_a_schema_is_kept_to_and_tokens_are_counted(address: str) -> None:
    used: list[Usage] = []
    chat = ChatClient(Server(url=address, name="tiny", key=None, most_tokens=200), used=used.append)
    said = json.loads("".join(chat.write((Message(role="user", content="Say something."),), _SCHEMA, Stop())))
    chat.close()
    assert set(said) == {"word", "yes"}
    assert chat._asking.way is Way.JSON_SCHEMA
    assert used[0].prompt > 0
    assert used[0].completion > 0


def test_a_caller_who_leaves_frees_the_server(address: str) -> None:
    chat = ChatClient(Server(url=address, name="tiny", key=None, most_tokens=4000))
    stop = Stop()
    pieces = chat.write((Message(role="user", content="Go on for ever."),), {"type": "string"}, stop)
    next(pieces)
    pieces.close()
    quick = ChatClient(Server(url=address, name="tiny", key=None, most_tokens=200, total=20))
    assert list(quick.write((Message(role="user", content="Hello"),), _SCHEMA, Stop()))
    chat.close()
    quick.close()


def test_nothing_that_it_says_is_shown(address: str, tmp_path: Path) -> None:
    index = tmp_path / "index"
    with ConsoleProgress(quiet=True) as progress:
        assert build(CORPUS, index, BuildOptions(), progress).ok
    settings = Settings(
        index=index,
        answerer="generative",
        model_url=address,
        model_name="tiny",
        model_tokens=600,
        model_total_seconds=300,
    )
    questions = [json.loads(line) for line in (CORPUS.parent / "eval/questions/sample.jsonl").read_text().splitlines()]
    asked = [q["question"] for q in questions if q["answerable"] and q.get("category") == "fact"][:6]
    assert len(asked) == 6
    with composition.writer_of(settings, make_log("error")) as writer:
        opened = composition.open_generation(settings, composition.encoder_of(settings), writer=writer)
        answers = [opened.answering.answer(Question(text=text)) for text in asked]
        opened.release()
    reached = [a for a in answers if a.provenance.model == "tiny"]
    assert len(reached) >= 4
    for answer in reached:
        assert answer.provenance.answerer == "extractive"
        assert answer.provenance.fallback in {Fallback.UNSUPPORTED, Fallback.INVALID, None}
        assert answer.outcome in {Outcome.ANSWERED, Outcome.NOT_FOUND}
        for citation in answer.citations:
            assert citation.found.paragraph.text[citation.start : citation.end] == citation.quote
        assert all(c.text == answer.citations[c.citations[0] - 1].quote for c in answer.claims)


def test_labels_are_the_only_ones_that_it_can_name(address: str) -> None:
    prompts = load_prompts(PROMPTS)
    sent = exchange(prompts, "Anything?", (), 1)
    labels = sent.schema["properties"]["claims"]["items"]["properties"]["sources"]["items"]["properties"]["label"][
        "enum"
    ]
    assert labels == list(sent.labels)
