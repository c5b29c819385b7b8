"""The reader that comes with the service: one small network for three uses. `model/README.md` is its card."""

from __future__ import annotations

import hashlib
import json
import os
import queue
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Self

import numpy as np
from tokenizers import Encoding, Tokenizer

from indexer.encoders.runtime import openvino
from indexer.errors import EncoderError
from service.pairwise.port import Mark, PairRead

SPEC, GRAPH, WEIGHTS, TOKENIZER = "model.json", "reader.xml", "reader.bin", "tokenizer.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
# Pairs of one batch, which all are as long as the longest of them: few, so that little is computed for nothing.
_BATCH = 4
# Lengths are rounded up to so many tokens: OpenVINO keeps what it has prepared for each shape, and would keep hundreds.
_STEP = 16


class PackagedPairModel:
    """Safe for several threads."""

    def __init__(self, folder: Path) -> None:
        """Raises EncoderError where a file is missing or not what `model.json` says."""
        spec = _checked(folder)
        self.name: str = spec["name"]
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(spec["max_tokens"], strategy="only_second")
        # Each stream computes on a core of its own: threads that share a small batch wait for each other.
        streams = os.cpu_count() or 1
        config = {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": streams, "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0}
        self._graph = openvino.Core().compile_model(folder / GRAPH, "CPU", config)
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(2 * streams):
            self._idle.put(self._graph.create_infer_request())

    @classmethod
    def load(cls) -> Self:
        with as_file(files("service.pairwise") / "model") as folder:
            return cls(folder)

    def read(self, text: str, passages: Sequence[str]) -> list[PairRead]:
        pairs = self._tokenizer.encode_batch([(text, passage) for passage in passages])
        found: dict[int, PairRead] = {}
        order = sorted(range(len(pairs)), key=lambda at: len(pairs[at].ids))
        batches = [order[at : at + _BATCH] for at in range(0, len(order), _BATCH)]
        with self._requests(len(batches)) as requests:
            for at, batch in enumerate(batches):
                request = requests[at % len(requests)]
                if at >= len(requests):
                    found |= _results(request, batches[at - len(requests)], pairs)
                request.start_async(_arrays([pairs[i] for i in batch]))
            for at in range(max(0, len(batches) - len(requests)), len(batches)):
                found |= _results(requests[at % len(requests)], batches[at], pairs)
        return [found[at] for at in range(len(pairs))]

    @contextmanager
    def _requests(self, wanted: int) -> Iterator[list[Any]]:
        """One at least, and as many more as are free."""
        taken = [self._idle.get()]
        try:
            while len(taken) < wanted:
                try:
                    taken.append(self._idle.get_nowait())
                except queue.Empty:
                    break
            yield taken
        finally:
            for request in taken:
                request.wait()
                self._idle.put(request)


def _results(request: Any, batch: Sequence[int], pairs: Sequence[Encoding]) -> dict[int, PairRead]:
    """What a request found, by the pairs' places."""
    request.wait()
    answers, supports, marks = (request.get_output_tensor(at).data for at in range(3))
    return {
        at: PairRead(
            answers=float(answers[row]),
            supports=float(supports[row]),
            marks=tuple(
                Mark(start=start, end=end, logit=logit)
                for (start, end), side, logit in zip(
                    pairs[at].offsets, pairs[at].type_ids, marks[row].tolist(), strict=False
                )
                if side == 1 and end > start
            ),
        )
        for row, at in enumerate(batch)
    }


def _arrays(pairs: Sequence[Encoding]) -> dict[str, Any]:
    longest = -(-max(len(p.ids) for p in pairs) // _STEP) * _STEP
    arrays = {name: np.zeros((len(pairs), longest), np.int64) for name in INPUTS}
    for row, pair in enumerate(pairs):
        for name, values in zip(INPUTS, (pair.ids, pair.attention_mask, pair.type_ids), strict=True):
            arrays[name][row, : len(values)] = values
    return arrays


def _checked(folder: Path) -> Mapping[str, Any]:
    try:
        spec: Mapping[str, Any] = json.loads((folder / SPEC).read_text(encoding="utf-8"))
        for name, digest in spec["digests"].items():
            found = hashlib.sha256((folder / name).read_bytes()).hexdigest()
            if found != digest:
                raise EncoderError(f"{folder / name} is damaged: its digest is not that of {SPEC}; install again")
    except (OSError, ValueError, KeyError) as fault:
        raise EncoderError(f"the reader in {folder} cannot be loaded ({fault}); install again") from fault
    return spec
