"""Windows as tensors."""

from collections.abc import Sequence
from typing import NamedTuple

import torch
from torch import Tensor

from evals.training.reader.texts import Answer, Sentence
from evals.training.reader.windows import Window
from qa.reading.windows import CLS, SEP


class Batch(NamedTuple):
    """Windows that are learnt from together; w windows of t tokens with s sentences in all.

    Attributes:
        input_ids: (w, t), as are the next two; see ``ReaderNetwork.forward``.
        in_text: Whether a token may begin or end an answer: those of the text, and the first
            one; (w, t).
        start: Where the answer starts, 0 for no answer; (w,).
        sentence: The number among all sentences of the batch that each token is of, -1 for none;
            (w, t).
        evidence: Whether each sentence helps to answer; (s,).
        answerable: (w,).
    """

    input_ids: Tensor
    attention_mask: Tensor
    token_type_ids: Tensor
    in_text: Tensor
    start: Tensor
    end: Tensor
    sentence: Tensor
    evidence: Tensor
    answerable: Tensor


def make_batch(windows: Sequence[Window]) -> Batch:
    """Returns windows as a batch, padded to the longest."""
    shape = (len(windows), max(w.tokens for w in windows))
    ids = torch.zeros(shape, dtype=torch.long)
    mask, types = torch.zeros_like(ids), torch.zeros_like(ids)
    sentence = torch.full(shape, -1)
    starts: list[int] = []
    ends: list[int] = []
    evidence: list[float] = []
    for row, window in enumerate(windows):
        tokens = [CLS, *window.question.ids, SEP]
        text_from = len(tokens)
        start, end = 0, 0
        for i, each in enumerate(window.sentences):
            if window.answer and window.answer.sentence == i:
                first, last = _token_bounds(window.answer, each)
                start, end = len(tokens) + first, len(tokens) + last
            sentence[row, len(tokens) : len(tokens) + len(each.ids)] = len(evidence)
            evidence.append(float(window.evidence[i]))
            tokens += each.ids
        tokens.append(SEP)
        ids[row, : len(tokens)] = torch.tensor(tokens)
        mask[row, : len(tokens)] = 1
        types[row, text_from : len(tokens)] = 1
        starts.append(start)
        ends.append(end)
    in_text = sentence >= 0
    in_text[:, 0] = True
    answerable = torch.tensor([float(any(w.evidence)) for w in windows])
    return Batch(
        ids,
        mask,
        types,
        in_text,
        torch.tensor(starts),
        torch.tensor(ends),
        sentence,
        torch.tensor(evidence),
        answerable,
    )


def _token_bounds(answer: Answer, sentence: Sentence) -> tuple[int, int]:
    """The first and last token of the answer in its sentence."""
    inside = [
        t
        for t, (start, end) in enumerate(sentence.offsets)
        if start < answer.end and answer.start < end
    ]
    return (inside[0], inside[-1])
