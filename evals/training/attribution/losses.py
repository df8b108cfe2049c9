"""What the network is to make small."""

from torch import Tensor, nn

from evals.training.attribution.windows import Batch
from index.attribution.network import AttributionNetwork


def loss(network: AttributionNetwork, batch: Batch) -> Tensor:
    """Returns the sum of two losses: of the labels, and of the links of contents.

    That of a link is the negative logarithm of what the right tokens have together.
    """
    labels, links = network(batch.input_ids, batch.attention_mask)
    labelled = nn.functional.cross_entropy(labels.float().flatten(0, 1), batch.labels.flatten())
    rows = links.float()[batch.linked].log_softmax(-1)
    right = rows.masked_fill(~batch.links[batch.linked], float("-inf"))
    linked: Tensor = right.logsumexp(-1).sum() / max(1, len(right))
    return labelled - linked
