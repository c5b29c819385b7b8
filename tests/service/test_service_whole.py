"""The real index, model, retrieval and answering behind the real application, and the process that serves it."""

from __future__ import annotations

import asyncio
import io
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from indexer.build import BuildOptions, build
from indexer.errors import EncoderError
from indexer.index.manifest import Manifest
from indexer.progress import ConsoleProgress
from service import composition
from service.app import create_app
from service.logs import make_log
from service.settings import Settings

pytestmark = pytest.mark.anyio

REPORT = """---
title: {name} Council inspection
subject: {name}
published: 2025-02-03
source_url: https://reports.example/{name}
---

# {name} Council inspection

## Carers

The council of {name} gave {carers} unpaid carers a break of their own last year. Some carers had waited for months.

## Complaints

Staff learned from complaints, and managers wrote to every person who had made one.
"""
QUESTION = {"question": "How many unpaid carers had a break?"}


def publish(corpus: Path, index: Path, **reports: int) -> None:
    corpus.mkdir(exist_ok=True)
    for name, carers in reports.items():
        (corpus / f"{name.lower()}.md").write_text(REPORT.format(name=name, carers=carers), encoding="utf-8")
    with ConsoleProgress(quiet=True) as progress:
        assert build(corpus, index, BuildOptions(), progress).ok


@pytest.fixture
def index(tmp_path) -> Path:
    publish(tmp_path / "corpus", tmp_path / "index", Aldermere=314, Tovey=27)
    return tmp_path / "index"


@pytest.fixture
def whole(index, wait):
    settings, log = Settings(index=index, reload_seconds=0.05), make_log("error", io.StringIO())
    live = composition.live_index(settings, log)
    live.start()
    wait(lambda: live.readiness().ready, 60)
    transport = httpx.ASGITransport(create_app(settings, live, log))
    yield httpx.AsyncClient(transport=transport, base_url="http://citewise.test")
    live.close()


async def test_an_answer_is_cited_to_words_that_stand_on_its_page(whole, tmp_path):
    answer = (await whole.post("/v1/ask", json={"question": "How many carers in Aldermere had a break?"})).json()
    assert answer["outcome"] == "answered"
    first = answer["citations"][0]
    assert "314" in first["quote"]
    assert first["text"][first["start"] : first["end"]] == first["quote"]
    assert first["quote"] in (tmp_path / "corpus" / first["report"]["file"]).read_text(encoding="utf-8")
    page = (await whole.get(first["url"], headers={"Accept": "text/html"})).text
    assert re.search(rf'id="{re.escape(first["url"].split("#")[1])}">[^<]*{re.escape(first["quote"])}', page)
    assert {c["report"]["id"] for c in answer["citations"]} == {first["report"]["id"]}
    paragraph = (await whole.get(f"/v1/paragraphs/{first['paragraph_id']}")).json()
    assert paragraph["text"] == first["text"]


async def test_search_and_unknown_filters_on_the_real_retriever(whole):
    found = (await whole.get("/v1/search", params={"q": "unpaid carers", "subject": "Tovey"})).json()
    assert {h["report"]["subject"] for h in found["hits"]} == {"Tovey"}
    reply = await whole.get("/v1/search", params={"q": "unpaid carers", "subject": "Nowhere at all"})
    assert (reply.status_code, reply.json()["errors"][0]["field"]) == (422, "subject")


async def test_a_new_generation_under_load_fails_no_request(whole, index, tmp_path):
    seen: list[str] = []
    done = asyncio.Event()

    async def keep_asking() -> None:
        while not done.is_set():
            reply = await whole.post("/v1/ask", json=QUESTION)
            assert reply.status_code == 200, reply.text
            answer = reply.json()
            assert answer["claims"]
            seen.append(answer["provenance"]["generation"])

    async def wait_for_answers(generation: str) -> None:
        """An answer begun on the generation before may still be on its way, so what is waited for is an answer."""
        async with asyncio.timeout(60):
            while generation not in seen:  # noqa: ASYNC110 - it is told over HTTP alone
                await asyncio.sleep(0.02)

    callers = [asyncio.create_task(keep_asking()) for _ in range(4)]
    for name in ("Saltby", "Nether"):
        before = (await whole.get("/readyz")).json()["generation"]
        await wait_for_answers(before)
        await asyncio.to_thread(publish, tmp_path / "corpus", index, **{name: 5})
        async with asyncio.timeout(30):
            while (now := (await whole.get("/readyz")).json()["generation"]) == before:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        await wait_for_answers(now)
    done.set()
    await asyncio.gather(*callers)
    assert len(set(seen)) == 3
    assert (await whole.get("/v1/ratings")).json()["reports"] == 4


def test_a_model_that_did_not_make_the_index_is_refused(index, tmp_path):
    settings = Settings(index=index)
    folder = next(index.glob("generations/*/manifest.json")).parent
    Manifest.read(folder).model_copy(update={"model_digest": "0" * 64}).write(folder)
    with pytest.raises(EncoderError, match="CITEWISE_EMBEDDING_MODEL"):
        composition.open_generation(settings, composition.encoder_of(settings))


def serve(*words: str | Path) -> subprocess.Popen[str]:
    environment = {n: v for n, v in os.environ.items() if not n.startswith("CITEWISE_") or n == "CITEWISE_CACHE"}
    command = [sys.executable, "-c", "from indexer.cli import main; main()", "serve", "--port", "0", *map(str, words)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)


def test_the_process_serves_until_it_is_told_to_stop(index):
    process = serve("--index", index)
    try:
        address = re.search(r"http://\S+", process.stderr.readline()).group()
        for _ in range(600):
            try:
                if httpx.get(f"{address}readyz").status_code == 200:
                    break
            except httpx.TransportError:
                pass
            time.sleep(0.1)
        assert httpx.post(f"{address}v1/ask", json=QUESTION).json()["citations"]
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.communicate()


def test_a_damaged_index_ends_the_process_with_one_clear_line(index):
    with next(index.glob("generations/*/vectors.faiss")).open("r+b") as vectors:
        vectors.seek(40)
        vectors.write(b"?!")
    process = serve("--index", index)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 1
    assert re.fullmatch(r"citewise: .*vectors\.faiss is damaged .*; build the index again", told.splitlines()[-1])
