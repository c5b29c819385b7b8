"""Takes the weights out of a packed reader again, so that a training can start from it.

python -m eval.training.unpack OUT [--packed service/networks/model]

OUT is what `eval.training.train --start` takes. The matrices come back as eight bits and a factor a row gave them.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from eval.arguments import command_parser
from eval.training.network import TRAINED, ReaderNetwork
from indexer.embedding import find_model
from indexer.encoders.runtime import openvino
from service.networks.packaged import GRAPH
from service.settings import load_settings

_PLACE = re.compile(r"__module\.(?P<name>[\w.]+?)/")
_TABLE = re.compile(r"(?:word|position|token_type)_embeddings$")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = command_parser("eval.training.unpack", __doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--packed", type=Path, default=Path("service/networks/model"))
    asked = parser.parse_args(arguments)
    asked.out.mkdir(parents=True, exist_ok=True)
    torch.save(unpacked(asked.packed).state_dict(), asked.out / TRAINED)
    return 0


def unpacked(folder: Path) -> ReaderNetwork:
    """The network of a packed graph, by the names that the graph keeps of the modules it was made from."""
    network = ReaderNetwork.start(find_model(load_settings().embedding_model).folder)
    state = network.state_dict()
    found = 0
    for node in openvino.Core().read_model(folder / GRAPH).get_ordered_ops():
        place = _PLACE.match(node.get_friendly_name())
        if place is None:
            continue
        name, kind = place["name"], node.get_type_name()
        if kind == "MatMul" and (weight := _constant(node.input_value(1).get_node())) is not None and weight.ndim == 2:
            found += _put(state, name, weight, _constant_beside(_next(node, "Add")))
        elif kind == "MVN":
            scaled = _next(node, "Multiply")
            found += _put(state, name, _constant_beside(scaled), _constant_beside(_next(scaled, "Add")))
        elif kind == "Gather" and _TABLE.search(name):
            found += _put(state, name, _constant(node.input_value(0).get_node()), None)
    wanted = sum(".pooler." not in name for name in state)  # of what no head uses nothing is in the graph
    assert found == wanted, f"{found} of {wanted} weights are in the graph"
    return network


def _put(state: dict[str, Any], name: str, weight: NDArray[Any] | None, bias: NDArray[Any] | None) -> int:
    """How many weights were put in their place."""
    put = 0
    for part, values in (("weight", weight), ("bias", bias)):
        if values is not None:
            state[f"{name}.{part}"].copy_(torch.tensor(values).reshape(state[f"{name}.{part}"].shape))
            put += 1
    return put


def _next(node: Any, kind: str) -> Any:
    return next(t.get_node() for t in node.output(0).get_target_inputs() if t.get_node().get_type_name() == kind)


def _constant_beside(node: Any) -> NDArray[Any] | None:
    values = (_constant(node.input_value(at).get_node()) for at in range(2))
    return next((value for value in values if value is not None), None)


def _constant(node: Any) -> NDArray[Any] | None:
    """The values that a node stands for, where nothing but constants is under it."""
    kind = node.get_type_name()
    if kind == "Constant":
        return np.array(node.get_data(), dtype=np.float32)
    if kind == "Convert":
        return _constant(node.input_value(0).get_node())
    if kind == "Multiply":
        one, other = (_constant(node.input_value(at).get_node()) for at in range(2))
        return None if one is None or other is None else one * other
    return None


if __name__ == "__main__":
    sys.exit(main())
