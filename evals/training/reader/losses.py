"""What the reader is to make small."""

import torch
from torch import Tensor, nn

from evals.training.reader.batches import Batch
from qa.reading.network import ReaderNetwork
from qa.reading.signals import END, EVIDENCE, START


def loss(network: ReaderNetwork, batch: Batch) -> Tensor:
    """Returns the sum of the three losses: span, sentences, and whether there is an answer."""
    tokens, answerable = network(batch.input_ids, batch.attention_mask, batch.token_type_ids)
    tokens, answerable = tokens.float(), answerable.float()
    outside = ~batch.in_text
    span = sum(
        nn.functional.cross_entropy(
            tokens[..., column].masked_fill(outside, -1e4), where, label_smoothing=0.0
        )
        for column, where in ((START, batch.start), (END, batch.end))
    )
    sentences = sentence_logits(tokens[..., EVIDENCE], batch.sentence, len(batch.evidence))
    evidence = nn.functional.binary_cross_entropy_with_logits(sentences, batch.evidence)
    found = nn.functional.binary_cross_entropy_with_logits(answerable, batch.answerable)
    return span / 2 + 2 * evidence + found


def sentence_logits(tokens: Tensor, sentence: Tensor, count: int) -> Tensor:
    """Returns each sentence's mean over its tokens, 0 without any; see ``Batch`` for the shapes."""
    inside = sentence >= 0
    numbers = sentence[inside]
    sums = torch.zeros(count).index_add(0, numbers, tokens[inside])
    sizes = torch.zeros(count).index_add(0, numbers, torch.ones(len(numbers)))
    return sums / sizes.clamp(min=1)
