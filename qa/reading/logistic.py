"""Logistic models, as they are stored with the project."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Logistic:
    """A logistic model: probability = 1 / (1 + exp(-(bias + weights . features)))."""

    weights: tuple[float, ...]
    bias: float

    @classmethod
    def stored(cls, stored: Mapping[str, Any], names: Sequence[str]) -> "Logistic":
        """Returns the one that was stored, its weights by the names of the features.

        Raises:
            KeyError: It was made for other features.
        """
        return cls(tuple(stored["weights"][name] for name in names), stored["bias"])

    def logit(self, features: Sequence[float]) -> float:
        """Returns the log odds."""
        return self.bias + sum(w * x for w, x in zip(self.weights, features, strict=True))


def probability(logit: float) -> float:
    """Returns the probability of these log odds, without overflow."""
    return 1 / (1 + math.exp(-logit)) if logit > 0 else math.exp(logit) / (1 + math.exp(logit))
