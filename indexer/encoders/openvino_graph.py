"""The same weights as an OpenVINO graph: twice to three times torch's rate, and ready in half a second.

The graph is exported once a model, checked against sentence-transformers, and kept in the cache folder. The
runtime computes in bfloat16 where the processor has it; the check holds it to a cosine of 0.999.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
import warnings
from collections import deque
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from indexer.encoders.port import ModelFiles, Vectors
from indexer.encoders.runtime import openvino

# Tokens of one batch, padding included: on two cores 2,048 and 4,096 are about equal, 8,192 a quarter slower.
_BATCH_TOKENS = 3072
_LEAST_COSINE = 0.999
_CHECK_TEXTS = (
    "The council had a waiting list for assessments.",
    "Unpaid carers told us that they did not know who to call when things went wrong at the weekend.",
    "92%",
    " ".join(["Leaders had a clear understanding of risk, and the plan set out how it would be reduced."] * 12),
)


class GraphError(Exception):
    """The model has no graph that gives its vectors; it can still run through torch."""


class OpenVinoEncoder:
    backend = "openvino"

    def __init__(self, model: ModelFiles, cache: Path) -> None:
        """Raises GraphError if the model cannot be exported, EncoderError if it cannot be loaded at all."""
        self.model = model
        release = openvino.__version__.split("-", maxsplit=1)[0]
        folder = cache / "graphs" / f"{model.digest[:16]}-openvino-{release}"
        if not os.path.isfile(folder / "spec.json"):  # noqa: PTH113 - False too where the cache is barred; pathlib raises
            _export(model, folder)
        try:
            self._load(folder)
        except Exception as fault:
            raise GraphError(f"{folder} is damaged ({type(fault).__name__}); remove that folder") from fault
        self._own = threading.local()

    def _load(self, folder: Path) -> None:
        spec = json.loads((folder / "spec.json").read_text(encoding="utf-8"))
        self.dimension: int = spec["dimension"]
        self.max_tokens: int = spec["max_tokens"]
        self._prompts: dict[str, str] = spec["prompts"]
        self._inputs: list[str] = spec["inputs"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._cutting = Tokenizer.from_str(self._tokenizer.to_str())
        self._cutting.enable_truncation(self.max_tokens + self._tokenizer.num_special_tokens_to_add(False))
        self._path = folder / "model.xml"
        self._core = openvino.Core()
        self._query_graph = self._core.compile_model(self._path, "CPU", {"PERFORMANCE_HINT": "LATENCY"})

    def token_offsets(self, text: str) -> Sequence[tuple[int, int]]:
        offsets: Sequence[tuple[int, int]] = self._tokenizer.encode(text, add_special_tokens=False).offsets
        return offsets

    def encode_query(self, text: str) -> Vectors:
        found: Vectors = self.encode_queries([text])[0]
        return found

    def encode_queries(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimension), np.float32)
        encoded = self._cutting.encode_batch([self._prompts["query"] + text for text in texts])
        request = getattr(self._own, "request", None)
        if request is None:  # an inference request serves one thread at a time
            request = self._own.request = self._query_graph.create_infer_request()
        found: Vectors = request.infer(self._arrays(encoded))[0].copy()
        return found

    def encode_documents(self, texts: Sequence[str]) -> Vectors:
        prompt = self._prompts["document"]
        encoded = self._cutting.encode_batch([prompt + text for text in texts])
        result: Vectors = np.zeros((len(texts), self.dimension), np.float32)

        # Not through AsyncInferQueue: its callbacks take Python's lock on OpenVINO's threads, and a graph that is let
        # go of just then waits for such a thread while holding that lock, for ever.
        def finished(request: Any, rows: list[int]) -> Any:
            request.wait()
            result[rows] = request.get_output_tensor().data
            return request

        running: deque[tuple[Any, list[int]]] = deque()
        idle = [self._document_graph.create_infer_request() for _ in range(2 * (os.cpu_count() or 1))]
        for rows in _batches([len(e.ids) for e in encoded]):
            request = idle.pop() if idle else finished(*running.popleft())
            request.start_async(self._arrays([encoded[row] for row in rows]))
            running.append((request, rows))
        for request, rows in running:
            finished(request, rows)
        return result

    @cached_property
    def _document_graph(self) -> Any:
        # One stream a core, each with one thread, wastes less than all threads on one small batch.
        config = {"PERFORMANCE_HINT": "THROUGHPUT", "PERFORMANCE_HINT_NUM_REQUESTS": os.cpu_count() or 1}
        return self._core.compile_model(self._path, "CPU", config)

    def _arrays(self, encoded: Sequence[Any]) -> dict[str, Any]:
        longest = max(len(e.ids) for e in encoded)
        arrays = {name: np.zeros((len(encoded), longest), np.int64) for name in self._inputs}
        for row, one in enumerate(encoded):
            arrays["input_ids"][row, : len(one.ids)] = one.ids
            arrays["attention_mask"][row, : len(one.ids)] = 1
            if "token_type_ids" in arrays:
                arrays["token_type_ids"][row, : len(one.ids)] = one.type_ids
        return arrays


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Rows grouped by length, each batch at most _BATCH_TOKENS with its padding; longest first, so that the
    last batches are small ones and no core waits long at the end."""
    batches: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if not batches or lengths[batches[-1][0]] * (len(batches[-1]) + 1) > _BATCH_TOKENS:
            batches.append([])
        batches[-1].append(row)
    return batches


def _export(model: ModelFiles, folder: Path) -> None:
    from indexer.encoders.sentence_transformer import Limits, load_network, prompts

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        # Written aside and renamed: two processes may export at once, and a crash must leave no half graph.
        draft = Path(tempfile.mkdtemp(prefix=".export-", dir=folder.parent))
    except OSError as fault:
        raise GraphError(f"the graph cannot be kept in {folder.parent} ({fault}); set CITEWISE_CACHE") from fault
    try:
        network = load_network(model, eager=True)
        limits = Limits.of(network)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the tracer's remarks on transformers' code; `_check` judges the result
            inputs = _trace(network, draft / "model.xml")
        spec = {
            "model": model.name,
            "dimension": limits.dimension,
            "max_tokens": limits.max_tokens,
            "inputs": inputs,
            "prompts": prompts(network),
        }
        network.tokenizer.backend_tokenizer.save(str(draft / "tokenizer.json"))
        (draft / "spec.json").write_text(json.dumps(spec), encoding="utf-8")
        if not (folder / "spec.json").is_file():
            shutil.rmtree(folder, ignore_errors=True)  # what a cleaner of caches has left of an old one
            draft.rename(folder)
        _check(network, OpenVinoEncoder(model, folder.parents[1]), folder)
    except OSError as fault:
        raise GraphError(f"the graph cannot be kept in {folder.parent} ({fault}); set CITEWISE_CACHE") from fault
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _trace(network: Any, path: Path) -> list[str]:
    """Writes the graph; gives the names of its inputs, in order."""
    import torch

    # A tokenizer that leaves out token types belongs to a network that does not read them.
    example = network.tokenizer(["one text", "and a somewhat longer one"], padding=True, return_tensors="pt")
    inputs = [n for n in ("input_ids", "attention_mask", "token_type_ids") if n in example]

    class Sentences(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, *tensors: Any) -> Any:
            found = self.network(dict(zip(inputs, tensors, strict=True)))["sentence_embedding"]
            return torch.nn.functional.normalize(found, dim=1)

    try:
        graph = openvino.convert_model(Sentences(), example_input=tuple(example[n] for n in inputs))
        for port, name in zip(graph.inputs, inputs, strict=True):
            port.get_tensor().set_names({name})
        graph.validate_nodes_and_infer_types()
        openvino.save_model(graph, path, compress_to_fp16=False)
    except Exception as fault:
        raise GraphError(f"no graph can be exported ({type(fault).__name__}: {fault})") from fault
    return inputs


def _check(network: Any, encoder: OpenVinoEncoder, folder: Path) -> None:
    wanted = network.encode_document(list(_CHECK_TEXTS), normalize_embeddings=True)
    cosine = float((encoder.encode_documents(_CHECK_TEXTS) * wanted).sum(axis=1).min())
    if cosine < _LEAST_COSINE:
        shutil.rmtree(folder)
        raise GraphError(f"its graph gives other vectors than the model (cosine {cosine:.4f})")
