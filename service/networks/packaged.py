"""The reader that comes with the service: one small network for three uses. `model/README.md` is its card."""

from __future__ import annotations

import hashlib
import json
import os
import queue
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Self

import numpy as np
from tokenizers import Encoding, Tokenizer

from indexer.encoders.runtime import openvino
from indexer.errors import EncoderError
from service.networks.port import Mark, PairRead

SPEC, GRAPH, WEIGHTS, TOKENIZER = "model.json", "reader.xml", "reader.bin", "tokenizer.json"
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
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
        # Each stream computes on a core of its own: threads that share a pair wait for each other.
        streams = os.cpu_count() or 1
        config = {"PERFORMANCE_HINT": "THROUGHPUT", "NUM_STREAMS": streams, "DYNAMIC_QUANTIZATION_GROUP_SIZE": 0}
        self._graph = openvino.Core().compile_model(folder / GRAPH, "CPU", config)
        self._idle: queue.SimpleQueue[Any] = queue.SimpleQueue()
        for _ in range(2 * streams):
            self._idle.put(self._graph.create_infer_request())

    @classmethod
    def load(cls) -> Self:
        with as_file(files("service.networks") / "model") as folder:
            return cls(folder)

    def read(self, text: str, passages: Sequence[str]) -> list[PairRead]:
        pairs = self._tokenizer.encode_batch([(text, passage) for passage in passages])
        found: dict[int, PairRead] = {}
        running: deque[tuple[int, Any]] = deque()
        with self._requests(len(pairs)) as requests:
            idle = list(requests)
            # Singly, for in a batch all are as long as the longest; the longest first, so that no stream ends late.
            for at in sorted(range(len(pairs)), key=lambda at: -len(pairs[at].ids)):
                if not idle:
                    done, request = running.popleft()
                    found[done] = _result(request, pairs[done])
                    idle.append(request)
                request = idle.pop()
                request.start_async(_arrays(pairs[at]))
                running.append((at, request))
            found |= {at: _result(request, pairs[at]) for at, request in running}
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


def _result(request: Any, pair: Encoding) -> PairRead:
    request.wait()
    answers, supports, marks = (request.get_output_tensor(at).data[0] for at in range(3))
    return PairRead(
        answers=float(answers),
        supports=float(supports),
        marks=tuple(
            Mark(start=start, end=end, logit=logit)
            for (start, end), side, logit in zip(pair.offsets, pair.type_ids, marks.tolist(), strict=False)
            if side == 1 and end > start
        ),
    )


def _arrays(pair: Encoding) -> dict[str, Any]:
    arrays = {name: np.zeros((1, -(-len(pair.ids) // _STEP) * _STEP), np.int64) for name in INPUTS}
    for name, values in zip(INPUTS, (pair.ids, pair.attention_mask, pair.type_ids), strict=True):
        arrays[name][0, : len(values)] = values
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
