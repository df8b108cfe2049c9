"""What the network is to make small."""

import torch
from torch import Tensor, nn

from evals.training.attribution.windows import NO_LABEL, Batch
from index.attribution.network import AttributionNetwork

_MASK = 103
_MASKED = 0.1
"""The share of tokens that are hidden in training, so that no article is learnt by heart."""


def loss(network: AttributionNetwork, batch: Batch) -> Tensor:
    """Returns the sum of two losses: of the labels, and of the links of contents.

    That of a link is the negative logarithm of what the right tokens have together.
    """
    ids = _some_hidden(batch) if network.training else batch.input_ids
    labels, links = network(ids, batch.attention_mask)
    labelled = nn.functional.cross_entropy(labels.float().flatten(0, 1), batch.labels.flatten())
    rows = links.float()[batch.linked].log_softmax(-1)
    right = rows.masked_fill(~batch.links[batch.linked], float("-inf"))
    linked: Tensor = right.logsumexp(-1).sum() / max(1, len(right))
    return labelled - linked


def _some_hidden(batch: Batch) -> Tensor:
    hidden = (torch.rand(batch.input_ids.shape) < _MASKED) & (batch.labels != NO_LABEL)
    return batch.input_ids.masked_fill(hidden, _MASK)
