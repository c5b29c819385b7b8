"""The reader's network, as torch trains it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Self

import torch
from transformers import AutoModel

# What a training leaves: the weights, and how they came about.
TRAINED, TRAINED_AS = "reader.pt", "reader.json"
# Of a pair. The longest window has 254, and few questions more than the rest: with 192 a fifth of the windows were read
# in part.
TOKENS = 320


class ReaderNetwork(torch.nn.Module):
    """A BERT encoder with three heads; a question or claim and a passage go in as two segments."""

    def __init__(self, encoder: Any) -> None:
        super().__init__()
        self.encoder = encoder
        width = encoder.config.hidden_size
        self.answers = torch.nn.Linear(width, 1)
        self.supports = torch.nn.Linear(width, 1)
        self.marks = torch.nn.Linear(width, 1)

    @classmethod
    def start(cls, folder: Path) -> Self:
        """From an encoder that was trained for something else; the heads at random."""
        # Each row is seen once or a few times, which leaves little to forget; and drawing what to drop takes a
        # processor a third of a step.
        encoder = AutoModel.from_pretrained(
            folder, local_files_only=True, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0
        )
        return cls(encoder)

    def forward(
        self, input_ids: torch.Tensor, attention_mask: torch.Tensor, token_type_ids: torch.Tensor
    ) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        """(pairs, tokens) of ids to logits: whether each passage answers, whether it supports, (pairs,); and whether
        each token stands in the answering sentence, (pairs, tokens)."""
        found = self.encoder(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state
        first = found[:, 0]
        return self.answers(first).squeeze(-1), self.supports(first).squeeze(-1), self.marks(found).squeeze(-1)
