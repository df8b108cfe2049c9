"""Decides whether what a language model wrote is shown: the rules first, then the support score."""

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from index.errors import ModelError, in_one_line
from index.types import Encoder
from qa.checking.dates import check_dates
from qa.checking.judgements import check_judgements
from qa.checking.names import check_names
from qa.checking.negation import check_negation
from qa.checking.numbers import check_numbers
from qa.checking.opposites import check_opposites
from qa.checking.quotations import check_quotations
from qa.checking.roles import check_roles
from qa.checking.scope import check_scope
from qa.checking.speaking import check_speakers
from qa.checking.support import Support, added, is_foreign, support
from qa.checking.types import Cited, Rule, Verdict
from qa.checking.vectors import RecentVectors
from qa.reading.logistic import Logistic, probability

RULES: tuple[Rule, ...] = (
    check_quotations,
    check_numbers,
    check_dates,
    check_names,
    check_speakers,
    check_negation,
    check_opposites,
    check_scope,
    check_judgements,
    check_roles,
)
_MODEL = "support.json"
_MOST_CHARACTERS = 2000
_UNSUPPORTED = "too little of it is in what it cites"
_TOO_LONG = f"it is longer than {_MOST_CHARACTERS} characters"
_EMPTY = "it says nothing, or it cites nothing"


@dataclass(frozen=True)
class SupportModel:
    """What was fitted.

    Attributes:
        logistic: Of ``Support``: is the statement supported?
        threshold: The probability from which it is shown.
    """

    logistic: Logistic
    threshold: float

    @classmethod
    @cache
    def packaged(cls) -> "SupportModel":
        """Returns the one that the project ships.

        Raises:
            ModelError: Its file is missing or damaged, or was made for other features.
        """
        try:
            stored = json.loads(files("qa").joinpath("data", _MODEL).read_text("utf-8"))
            return cls(Logistic.stored(stored["support"], Support._fields), stored["threshold"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(
                f"qa/data/{_MODEL}: it is missing or damaged ({in_one_line(error)}); reinstall "
                "article-qa"
            ) from error

    def score(self, features: Support) -> float:
        """Returns the probability that a statement is supported."""
        return probability(self.logistic.logit(features))


class Checker:
    """Checks statements against the sentences that they cite."""

    def __init__(self, encoder: Encoder, model: SupportModel | None = None) -> None:
        """Makes a checker.

        Args:
            encoder: Of the index.
            model: What was fitted; the packaged one if None.
        """
        self._vectors = RecentVectors(encoder)
        self._model = model or SupportModel.packaged()

    def check(self, statement: str, cited: Sequence[Cited]) -> Verdict:
        """Decides whether a statement is supported.

        Args:
            statement: As the language model wrote it, without ids.
            cited: The sentences that it cites, in the order in which they stand in the article
                where they are of one.
        """
        told = [each for each in cited if re.search(r"\w", each.text)]
        if not told or not re.search(r"\w", statement):
            return Verdict(0.0, _EMPTY)
        if len(statement) > _MOST_CHARACTERS:
            return Verdict(0.0, _TOO_LONG)
        is_copied = statement.strip() in {each.text.strip() for each in told}
        if not is_copied and (reason := fault(statement, told)):
            return Verdict(0.0, reason)
        score = self._model.score(support(statement, told, self._vectors))
        if is_copied:
            return Verdict(score)
        if score < self._model.threshold or is_foreign(statement, told, self._vectors):
            return Verdict(score, _UNSUPPORTED)
        clause = added(statement, told, self._vectors)
        return Verdict(score, clause and f"nothing that it cites speaks of “{clause}”")


def fault(statement: str, cited: Sequence[Cited]) -> str | None:
    """Returns what the first rule that a statement breaks says, None where it breaks none."""
    return next((reason for rule in RULES if (reason := rule(statement, cited))), None)
