"""Trains the reader: one small encoder with three uses.

python -m eval.training.train ROWS.jsonl.gz[=SHARE]... OUT [--start DIR] [--frozen N] [--steps N] [--batch 32]
                            [--tokens 320] [--rate 8e-5] [--seed 7] [--seen squad=2]

Started from the packaged embedding model, or from the reader that another run left in DIR. The first token's vector
tells whether a passage answers a question, and by another head whether it supports a claim; every token's vector tells
whether it stands in the answering sentence. OUT is a folder; where a run was stopped it goes on from the last
checkpoint there. --seen tells how often the public pairs of a set are seen. On two cores with bfloat16 a step takes two
to three seconds; a GPU is used where there is one.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional
from transformers import AutoTokenizer

from eval.arguments import command_parser, named_number, path_and_share
from eval.training.network import TOKENS, TRAINED, TRAINED_AS, ReaderNetwork
from eval.training.rows import Row, read_rows
from indexer.embedding import find_model
from service.settings import load_settings

# How often a row is seen in a run, by what it is: few of the written ones say most; what rules wrote and what lies far
# from the domain says less.
_SEEN = {
    "written": 2.0,
    "claim": 0.5,
    "asked": 3.0,
    "retrieved": 1.0,
    "section": 1.0,
    "passage": 1.0,
    "by_rule": 0.2,
    "policy": 0.5,
    "covid": 0.7,
}
_WARM_UP = 0.06
_HEADS_RATE = 1e-3
_LEAST_RATE = 0.02
# What the marking of the answering sentences counts beside the judgement of the passage; and that of a passage that
# does not answer, no sentence of which is to be marked, beside one that does.
_MARKING = 0.5
_UNMARKED = 0.3
_EVERY = 100
# Batches are made of rows of like length, chosen from so many at once.
_POOL = 40


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """files  of rows, and what share of each is learnt from."""

    batch: int
    tokens: int
    rate: float
    seed: int
    steps: int | None
    start: Path | None = None
    frozen: int = 0
    seen: Mapping[str, float] = field(default_factory=dict)
    files: Mapping[str, float] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """What a shipped reader says of its training, without the places of this machine."""
        told = asdict(self)
        return told | {"start": None if self.start is None else self.start.name}


def main(arguments: Sequence[str] | None = None) -> int:
    asked = _parser().parse_args(arguments)
    plan = Plan(
        batch=asked.batch,
        tokens=asked.tokens,
        rate=asked.rate,
        seed=asked.seed,
        steps=asked.steps,
        start=asked.start,
        frozen=asked.frozen,
        seen=dict(asked.seen),
        files={path.name: share for path, share in asked.rows},
    )
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    rows = [row for path, share in asked.rows for row in read_rows(path) if not row.held and chance.random() < share]
    Training(rows, plan, asked.out).run()
    return 0


class Training:
    def __init__(self, rows: Sequence[Row], plan: Plan, out: Path) -> None:
        torch.manual_seed(plan.seed)
        self._plan = plan
        self._out = out
        self._device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        # Where the processor does not compute in bfloat16, imitating it takes several times as long as float32.
        self._brief = self._device.type == "cuda" or torch.ops.mkldnn._is_mkldnn_bf16_supported()  # noqa: SLF001
        folder = find_model(load_settings().embedding_model).folder
        self._tokenizer: Any = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        self._network = ReaderNetwork.start(folder)
        if plan.start is not None:
            self._network.load_state_dict(torch.load(plan.start / TRAINED, map_location="cpu", weights_only=True))
        if plan.frozen:
            self._network.encoder.embeddings.requires_grad_(requires_grad=False)
            self._network.encoder.encoder.layer[: plan.frozen].requires_grad_(requires_grad=False)
        self._network.to(self._device)
        self._batches = batches(rows, plan)
        self._steps = len(self._batches)
        heads = [p for n, p in self._network.named_parameters() if not n.startswith("encoder.")]
        self._optimizer = torch.optim.AdamW(
            [{"params": [p for p in self._network.encoder.parameters() if p.requires_grad]}, {"params": heads}],
            lr=plan.rate,
            weight_decay=0.01,
            fused=True,
        )
        self._at = 0

    def run(self) -> None:
        self._out.mkdir(parents=True, exist_ok=True)
        checkpoint = self._out / "checkpoint.pt"
        if checkpoint.is_file():
            self._resume(torch.load(checkpoint, map_location=self._device, weights_only=True))
        self._network.train()
        began, average = time.monotonic(), 0.0
        for at in range(self._at, self._steps):
            self._at = at
            loss = self._step(self._batches[self._at])
            average = loss if not average else 0.98 * average + 0.02 * loss
            if self._at % 10 == 0:
                took = round(time.monotonic() - began)
                print(f"step {self._at} of {self._steps}, loss {average:.4f}, {took} s", flush=True)  # noqa: T201
            if (self._at + 1) % _EVERY == 0:
                self._save(checkpoint)
        self._network.eval()
        torch.save(self._network.state_dict(), self._out / TRAINED)
        told = self._plan.told() | {"steps": self._steps}
        (self._out / TRAINED_AS).write_text(json.dumps(told), encoding="utf-8")

    def _save(self, path: Path) -> None:
        state = {"network": self._network.state_dict(), "optimizer": self._optimizer.state_dict(), "at": self._at + 1}
        draft = path.with_suffix(".part")
        torch.save(state, draft)
        draft.replace(path)

    def _resume(self, state: dict[str, Any]) -> None:
        self._network.load_state_dict(state["network"])
        self._optimizer.load_state_dict(state["optimizer"])
        self._at = state["at"]

    def _step(self, rows: Sequence[Row]) -> float:
        share = self._share()
        for group, rate in zip(self._optimizer.param_groups, (self._plan.rate, _HEADS_RATE), strict=True):
            group["lr"] = rate * share
        loss = self._loss(rows)
        self._optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call] # torch's own
        torch.nn.utils.clip_grad_norm_(self._network.parameters(), 1.0)
        self._optimizer.step()
        return float(loss.detach())

    def _share(self) -> float:
        warm = max(1, round(_WARM_UP * self._steps))
        down = (self._steps - self._at) / max(1, self._steps - warm)
        return min((self._at + 1) / warm, max(_LEAST_RATE, down))

    def _loss(self, rows: Sequence[Row]) -> torch.Tensor:
        encoded = self._tokenizer(
            [row.text for row in rows],
            [row.passage for row in rows],
            truncation="only_second",
            max_length=self._plan.tokens,
            padding=True,
            return_tensors="pt",
            return_offsets_mapping=True,
        )
        offsets = encoded.pop("offset_mapping")
        with torch.autocast(self._device.type, dtype=torch.bfloat16, enabled=self._brief):
            answers, supports, marks = self._network(**encoded.to(self._device))
        right = torch.tensor([float(row.right) for row in rows], device=self._device)
        is_claim = torch.tensor([row.task == "supports" for row in rows], device=self._device)
        judged = torch.where(is_claim, supports.float(), answers.float())
        loss = functional.binary_cross_entropy_with_logits(judged, right)
        # Of what answers it is not always known where.
        known = [at for at, row in enumerate(rows) if row.task == "answers" and (row.spans or not row.right)]
        if not known:
            return loss
        inside, counted = _marked([rows[at] for at in known], offsets[known], encoded["token_type_ids"][known])
        counted *= torch.where(right[known] > 0, 1.0, _UNMARKED)[:, None]
        marking = functional.binary_cross_entropy_with_logits(marks.float()[known], inside, reduction="none")
        return loss + _MARKING * (marking * counted).sum() / counted.sum().clamp(min=1)


def _marked(rows: Sequence[Row], offsets: torch.Tensor, types: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(rows, tokens): 1 where a token of the passage stands in the answering sentence; 1 where it is the passage's."""
    offsets = offsets.to(types.device)
    passage = (types == 1) & (offsets[:, :, 1] > offsets[:, :, 0])
    inside = torch.zeros_like(passage)
    for at, row in enumerate(rows):
        for start, end in row.spans:
            inside[at] |= passage[at] & (offsets[at, :, 0] < end) & (offsets[at, :, 1] > start)
    return inside.float(), passage.float()


def batches(rows: Sequence[Row], plan: Plan) -> list[list[Row]]:
    """Each row as often as it is to be seen, in an order that the seed gives, rows of like length together."""
    chance = random.Random(plan.seed)  # noqa: S311 - no secret
    seen = [row for row in rows for _ in range(_times(_seen(row, plan.seen), chance))]
    chance.shuffle(seen)
    found: list[list[Row]] = []
    for start in range(0, len(seen), _POOL * plan.batch):
        pool = sorted(seen[start : start + _POOL * plan.batch], key=lambda row: len(row.text) + len(row.passage))
        made = [pool[at : at + plan.batch] for at in range(0, len(pool), plan.batch)]
        chance.shuffle(made)
        found.extend(made)
    return found[: plan.steps]


def _seen(row: Row, pairs: Mapping[str, float]) -> float:
    if row.by_rule:
        return _SEEN["by_rule"]
    if (form := row.kind.split("-")[0]) in {"section", "passage", "public"}:
        return pairs.get(row.set, 1.0) if form == "public" else _SEEN[form]
    if row.task == "supports":
        return _SEEN["claim"]
    if row.kind == "pair":
        return pairs.get(row.set, _SEEN.get(row.set, 1.0))
    return _SEEN.get(row.kind, _SEEN["written"])


def _times(wanted: float, chance: random.Random) -> int:
    return math.floor(wanted) + (chance.random() < wanted % 1)


def _parser() -> argparse.ArgumentParser:
    parser = command_parser("eval.training.train", __doc__)
    parser.add_argument("rows", type=path_and_share, nargs="+", help="ROWS.jsonl.gz, or with =SHARE of its rows")
    parser.add_argument("out", type=Path)
    parser.add_argument("--start", type=Path, help="a folder that an earlier run wrote")
    parser.add_argument(
        "--frozen", type=int, default=0, help="so many layers from the lowest, and the word table, stay"
    )
    parser.add_argument("--steps", type=int)
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--tokens", type=int, default=TOKENS)
    parser.add_argument("--rate", type=float, default=8e-5)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--seen", type=named_number, action="append", default=[], metavar="SET=TIMES")
    return parser


if __name__ == "__main__":
    sys.exit(main())
