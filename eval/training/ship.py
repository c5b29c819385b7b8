"""Makes of a trained reader what the service comes with.

python -m eval.training.ship TRAINED OUT --name NAME [--tokens 320] [--mixed DIR=SHARE]

TRAINED is the folder that `eval.training.train` wrote. With --mixed such a share of each weight is that of the reader
in DIR, from which the training started: the mean forgets less (Wortsman et al., 2022, "Robust fine-tuning of zero-shot
models"). The graph is written with its matrices as eight-bit whole
numbers and a factor for each row: a quarter of the size; what is computed stays in full precision. It reads so many
tokens of a pair: a window of the index, beside a question.
"""

from __future__ import annotations

import hashlib
import json
import sys
import warnings
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from transformers import AutoTokenizer

from eval.arguments import command_parser, path_and_share
from eval.training.network import TOKENS, TRAINED, TRAINED_AS, ReaderNetwork
from indexer.embedding import find_model
from indexer.encoders.runtime import openvino
from service.networks.packaged import GRAPH, INPUTS, SPEC, TOKENIZER, WEIGHTS
from service.settings import load_settings

State = dict[str, torch.Tensor]

# Matrices with fewer values than these are not worth packing.
_LEAST = 4096


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.training.ship", __doc__)
    parser.add_argument("trained", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--name", required=True)
    parser.add_argument("--tokens", type=int, default=TOKENS)
    parser.add_argument("--mixed", type=path_and_share, metavar="DIR=SHARE", help="an earlier reader, and its share")
    asked = parser.parse_args(arguments)
    folder = find_model(load_settings().embedding_model).folder
    network = ReaderNetwork.start(folder)
    state = _state(asked.trained)
    trained = json.loads((asked.trained / TRAINED_AS).read_text(encoding="utf-8"))
    if asked.mixed is not None:
        earlier, share = asked.mixed
        state = mixed(state, _state(earlier), share)
        trained["mixed"] = {earlier.name: share}
    network.load_state_dict(state)
    tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
    told = {"name": asked.name, "max_tokens": asked.tokens, "trained": trained}
    ship(network, tokenizer, told, asked.out)
    for path in sorted(asked.out.iterdir()):
        print(f"{path.stat().st_size:>10,} {path.name}")  # noqa: T201 - the command's output
    return 0


def ship(network: ReaderNetwork, tokenizer: Any, told: Mapping[str, Any], out: Path) -> None:
    """told  what the specification says beside the digests: name, max_tokens, trained."""
    out.mkdir(parents=True, exist_ok=True)
    graph = _graph(network.eval(), tokenizer)
    pack(graph)
    openvino.save_model(graph, out / GRAPH, compress_to_fp16=False)
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.save(str(out / TOKENIZER))
    digests = {n: hashlib.sha256((out / n).read_bytes()).hexdigest() for n in (GRAPH, WEIGHTS, TOKENIZER)}
    (out / SPEC).write_text(json.dumps({**told, "digests": digests}, indent=1) + "\n", encoding="utf-8")


def mixed(state: Mapping[str, torch.Tensor], earlier: Mapping[str, torch.Tensor], share: float) -> State:
    return {
        name: share * earlier[name] + (1 - share) * values if values.is_floating_point() else values
        for name, values in state.items()
    }


def _state(folder: Path) -> State:
    state: State = torch.load(folder / TRAINED, map_location="cpu", weights_only=True)
    return state


def _graph(network: ReaderNetwork, tokenizer: Any) -> Any:
    example = tokenizer(
        ["one text", "another"], ["a passage", "and a somewhat longer one"], padding=True, return_tensors="pt"
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the tracer's remarks on transformers' code
        graph = openvino.convert_model(network, example_input=tuple(example[n] for n in INPUTS))
    for port, name in zip(graph.inputs, INPUTS, strict=True):
        port.get_tensor().set_names({name})
        port.get_node().set_partial_shape(openvino.PartialShape([-1, -1]))
    graph.validate_nodes_and_infer_types()
    return graph


def pack(graph: Any) -> None:
    """Puts for every matrix of the graph its rows in eight bits and their factors."""
    for node in graph.get_ops():
        if node.get_type_name() != "Constant" or node.get_element_type() != openvino.Type.f32:
            continue
        values = node.get_data()
        if values.ndim != 2 or values.size < _LEAST:
            continue
        factors = np.abs(values).max(axis=1, keepdims=True) / 127
        factors[factors == 0] = 1.0
        rows = np.clip(np.rint(values / factors), -127, 127).astype(np.int8)
        wide = openvino.opset13.convert(openvino.opset13.constant(rows), "f32")
        packed = openvino.opset13.multiply(wide, openvino.opset13.constant(factors.astype(np.float32)))
        for target in list(node.output(0).get_target_inputs()):
            target.replace_source_output(packed.output(0))


if __name__ == "__main__":
    sys.exit(main())
