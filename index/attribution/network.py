"""The network that finds attributions: the packaged encoder with low-rank deltas, and two heads.

Importing this module imports torch (seconds); indexing imports only what was exported.
"""

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from index.attribution.labels import LABELS, LINKED
from index.trained import TrainedNetwork, packaged_encoder

_RANK = 64
"""Of the deltas: their weights take a quarter of the room that the encoder's own would."""

_LINK_WIDTH = 64
_DROPOUT = 0.2
"""Of what the heads see in training."""


class _LowRank(nn.Module):
    """A weight with a delta of low rank (Hu et al. 2021, https://arxiv.org/abs/2106.09685)."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self.left = nn.Parameter(torch.zeros(rows, _RANK))
        self.right = nn.Parameter(torch.randn(_RANK, columns) / math.sqrt(columns))

    def forward(self, weight: Tensor) -> Tensor:
        return weight + self.left @ self.right


class AttributionNetwork(TrainedNetwork):
    """Reads ``[CLS] text [SEP]``."""

    encoder: Any

    def __init__(self) -> None:
        """Makes one with the packaged encoder and untrained heads."""
        super().__init__()
        self.encoder = packaged_encoder()
        for module in self.encoder.encoder.modules():
            if isinstance(module, nn.Linear):
                module.weight.requires_grad_(False)
                delta = _LowRank(module.out_features, module.in_features)
                parametrize.register_parametrization(module, "weight", delta)
        width = self.encoder.config.hidden_size
        self.dropout = nn.Dropout(_DROPOUT)
        self.labels = nn.Linear(width, LABELS)
        self.pointers = nn.Linear(width, len(LINKED) * _LINK_WIDTH)
        self.targets = nn.Linear(width, len(LINKED) * _LINK_WIDTH)

    def merge(self) -> None:
        """Adds the deltas to the weights, for good: it runs faster, and cannot be trained on."""
        for module in self.encoder.encoder.modules():
            if isinstance(module, nn.Linear):
                parametrize.remove_parametrizations(module, "weight")

    def forward(self, input_ids: Tensor, attention_mask: Tensor) -> tuple[Tensor, Tensor]:
        """Returns the logits.

        Args:
            input_ids: Shape (texts, tokens), as is the other.
            attention_mask: 1 for tokens, 0 for padding.

        Returns:
            Of each token: its label, shape (texts, tokens, labels). Of each token of a content
            (the others mean nothing): which token is of its source, and which of its cue, the
            first token standing for none; shape (texts, 2, tokens, tokens).
        """
        read = self.encoder(input_ids=input_ids, attention_mask=attention_mask)
        states = self.dropout(read.last_hidden_state)
        pointers, targets = (
            head(states).unflatten(-1, (len(LINKED), _LINK_WIDTH)).transpose(1, 2)
            for head in (self.pointers, self.targets)
        )
        links = pointers @ targets.transpose(-1, -2) / math.sqrt(_LINK_WIDTH)
        return self.labels(states), links.masked_fill(attention_mask[:, None, None] == 0, -1e4)
