"""The speed of asking: one caller, many callers, the start, the memory, and the command line."""

from __future__ import annotations

import http.client
import json
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

from eval.errors import MeasureError
from eval.measure.figures import percentile
from eval.robustness.children import Service, asked, citewise, run, service
from eval.robustness.made import questions
from indexer.embedding import load_encoder
from indexer.index.generations import open_index
from indexer.settings import IndexSettings

_WARM_UP = 20
# Embedding alone and asking take turns of so many questions, so that both meet the same noise of the machine.
_TURN = 10
# Questions of each of many callers.
_EACH = 10


@dataclass(frozen=True, kw_only=True, slots=True)
class OneCaller:
    """Milliseconds of POST /v1/ask, of embedding the same questions alone, and of that within the service.

    answered  how many of them got claims.
    """

    ask: tuple[float, ...]
    embed: tuple[float, ...]
    within: tuple[float, ...]
    answered: int

    @property
    def rate(self) -> float:
        """Answers a second."""
        return 1000 / fmean(self.ask)

    @property
    def ratio(self) -> float:
        """Of asking to embedding, at p50; the quicker of embedding alone and within the service counts."""
        return percentile(self.ask, 0.5) / min(percentile(self.embed, 0.5), percentile(self.within, 0.5))


@dataclass(frozen=True, kw_only=True, slots=True)
class ManyCallers:
    """`milliseconds` of the questions that got an answer; `errors` counts the others."""

    callers: int
    seconds: float
    milliseconds: tuple[float, ...]
    errors: int

    @property
    def rate(self) -> float:
        return len(self.milliseconds) / self.seconds


@dataclass(frozen=True, kw_only=True, slots=True)
class Asking:
    """
    ready     seconds from each start of the service to ready.
    resident  MiB of the service after all questions, and its most; None where the system does not tell.
    command   seconds of each `citewise ask`; `tells` whether it said that the model loads.
    """

    one: OneCaller
    many: ManyCallers
    ready: tuple[float, ...]
    resident: tuple[float, float] | None
    command: tuple[float, ...]
    tells: bool


def asking(settings: IndexSettings, folder: Path, *, count: int, callers: int, rounds: int, seed: int) -> Asking:
    """Measures a real service on the index; `folder` takes its logs. Raises MeasureError if it does not come up."""
    index = settings.index
    opened = open_index(index)
    try:
        # No question is asked twice, so that no cache can help.
        made = questions(opened.catalogue, _WARM_UP + count + _EACH * callers, seed)
    finally:
        opened.close()
    warm_up, alone = made[:_WARM_UP], made[_WARM_UP : _WARM_UP + count]
    rest = made[_WARM_UP + count :]
    ready = []
    for number in range(rounds - 1):
        with service(index, folder / f"start-{number}.log") as started:
            ready.append(started.ready)
    with service(index, folder / "serve.log") as serving:
        ready.append(serving.ready)
        _ask_all(serving, warm_up)
        one = _one_caller(serving, settings, alone)
        many = _many_callers(serving, rest, callers)
        resident = serving.resident()
    commands = [run(citewise("ask", "--index", str(index), question)) for question in alone[:rounds]]
    return Asking(
        one=one,
        many=many,
        ready=tuple(ready),
        resident=resident,
        command=tuple(done.seconds for done in commands),
        tells=all("oading" in done.errors for done in commands),
    )


def _one_caller(serving: Service, settings: IndexSettings, made: Sequence[str]) -> OneCaller:
    encoder = load_encoder(settings.embedding_model, backend=settings.embedding_backend, cache=settings.cache)
    for question in made[:_WARM_UP]:
        encoder.encode_query(question)
    embed: list[float] = []
    ask: list[float] = []
    bodies: list[bytes] = []
    for start in range(0, len(made), _TURN):
        turn = made[start : start + _TURN]
        for question in turn:
            began = time.perf_counter()
            encoder.encode_query(question)
            embed.append((time.perf_counter() - began) * 1000)
        for milliseconds, body in _ask_all(serving, turn):
            ask.append(milliseconds)
            bodies.append(body)
    answers = [json.loads(body) for body in bodies]
    return OneCaller(
        ask=tuple(ask),
        embed=tuple(embed),
        within=tuple(float(answer["timings_ms"]["embed"]) for answer in answers),
        answered=sum(bool(answer["claims"]) for answer in answers),
    )


def _ask_all(serving: Service, made: Sequence[str]) -> list[tuple[float, bytes]]:
    """Milliseconds and body of each, over one connection. Raises MeasureError where one is not answered."""
    connection = serving.connect()
    found = []
    try:
        for question in made:
            began = time.perf_counter()
            status, body = asked(connection, question)
            found.append(((time.perf_counter() - began) * 1000, body))
            if status != http.client.OK:
                raise MeasureError(f"/v1/ask gave {status} to {question!r}: {body[:300].decode(errors='replace')}")
    finally:
        connection.close()
    return found


def _many_callers(serving: Service, made: Sequence[str], callers: int) -> ManyCallers:
    """Every caller has its own connection and asks its share of the questions, one after the other, all at once."""
    together = threading.Barrier(callers + 1)
    times: list[list[float]] = [[] for _ in range(callers)]
    errors = [0] * callers

    def call(number: int) -> None:
        connection = serving.connect()
        together.wait()
        for question in made[number::callers]:
            began = time.perf_counter()
            try:
                status, _ = asked(connection, question)
            except (OSError, http.client.HTTPException):
                errors[number] += 1
                connection.close()
                continue
            if status == http.client.OK:
                times[number].append((time.perf_counter() - began) * 1000)
            else:
                errors[number] += 1
        connection.close()

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    together.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    return ManyCallers(
        callers=callers,
        seconds=time.perf_counter() - began,
        milliseconds=tuple(ms for one in times for ms in one),
        errors=sum(errors),
    )
