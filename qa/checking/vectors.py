"""Vectors of texts, remembered for a while: an answer cites a sentence more than once."""

from collections.abc import Sequence

import numpy as np

from index.types import Encoder, Vectors

_REMEMBERED = 512
"""Texts whose vectors are kept: more than one answer cites."""


class RecentVectors:
    """Embeds texts, but for those that it embedded shortly before. May be used from any thread."""

    def __init__(self, encoder: Encoder) -> None:
        """Takes the encoder of the index."""
        self._encoder = encoder
        self._recent: dict[str, Vectors] = {}

    def of(self, texts: Sequence[str]) -> Vectors:
        """Returns the normalised vectors of texts, shape (len(texts), dim)."""
        recent = self._recent
        new = [text for text in dict.fromkeys(texts) if text not in recent]
        if len(recent) + len(new) > _REMEMBERED:
            recent, new = {}, list(dict.fromkeys(texts))
        if new:
            recent.update(zip(new, self._encoder.encode(new), strict=True))
        self._recent = recent
        return np.array([recent[text] for text in texts])
