"""Training windows: a question with sentences of a text, as the reader will see them."""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from evals.training.reader.noise import as_typed, without_marks
from evals.training.reader.swaps import swapped
from evals.training.reader.texts import Answer, Asked, MakeSentence, Sentence, Text
from index.lexical import stems

SPECIAL_TOKENS = 3


@dataclass(frozen=True)
class Window:
    """One thing to learn from.

    Attributes:
        evidence: Whether each sentence helps to answer.
        answer: The short answer, where the sentences hold one.
    """

    question: Sentence
    sentences: tuple[Sentence, ...]
    evidence: tuple[bool, ...]
    answer: Answer | None

    @property
    def tokens(self) -> int:
        """Of the whole, special ones included."""
        return len(self.question.ids) + sum(len(s.ids) for s in self.sentences) + SPECIAL_TOKENS


@dataclass(frozen=True)
class Mixture:
    """How windows are made.

    Attributes:
        max_tokens: The most that a window has.
        negatives: The share of answerable questions that are asked where the answer is not.
        swaps: The share of these that are changed questions.
        removed: The share of these that lack just the sentences that answer.
        noisy: The share of questions that are as people type them.
        bare: The share of windows without apostrophes and quotation marks.
    """

    max_tokens: int = 224
    negatives: float = 0.4
    swaps: float = 0.3
    removed: float = 0.35
    noisy: float = 0.15
    bare: float = 0.12


class WindowMaker:
    """Makes a window of a question, another one each time."""

    def __init__(
        self, asked: Sequence[Asked], make: MakeSentence, mixture: Mixture, rng: random.Random
    ) -> None:
        """Makes one for these questions.

        Args:
            asked: All of them: their texts are where the answers are not.
            make: Makes a sentence of a text.
            mixture: How windows are made.
            rng: All chance is from here.
        """
        self._make = make
        self._mixture = mixture
        self._rng = rng
        self._groups: dict[str, list[Text]] = {}
        for text in {id(a.text): a.text for a in asked}.values():
            self._groups.setdefault(text.group, []).append(text)

    def window(self, asked: Asked) -> Window | None:
        """Returns a window of the question; None where none can be made this time."""
        if asked.evidence and self._rng.random() < self._mixture.negatives:
            return self._negative(asked)
        return self._of(asked.question, asked.text, asked)

    def _negative(self, asked: Asked) -> Window | None:
        way = self._rng.random()
        if way < self._mixture.swaps:
            return self._with_swap(asked)
        if way < self._mixture.swaps + self._mixture.removed:
            return self._of(asked.question, asked.text, None, without=asked.evidence)
        return self._elsewhere(asked)

    def _with_swap(self, asked: Asked) -> Window | None:
        text = " ".join(s.text for s in asked.text.sentences)
        other = self._rng.choice(self._groups[asked.text.group])
        texts = [text] if self._rng.random() < 0.6 else [" ".join(s.text for s in other.sentences)]
        changed = swapped(asked.question, texts, self._rng)
        # What is swapped must be seen where the right question would be answered.
        seen = replace(asked, question=changed) if changed else None
        window = self._of(changed, asked.text, seen) if changed and seen else None
        if window is None:
            return None
        return replace(window, evidence=tuple(False for _ in window.evidence), answer=None)

    def _elsewhere(self, asked: Asked) -> Window | None:
        """Where another paragraph or text of the same group sounds most like the question."""
        if len(asked.text.paragraphs) > 1:
            gold = {i for p in asked.text.paragraphs if asked.evidence & set(p) for i in p}
            return self._of(asked.question, asked.text, None, without=frozenset(gold))
        others = [t for t in self._groups[asked.text.group] if t is not asked.text]
        others = self._rng.sample(others, min(len(others), 40))
        if not others:
            return None
        words = set(stems(asked.question))
        best = max(others, key=lambda t: _overlap(words, t.sentences))
        return self._of(asked.question, best, None)

    def _of(
        self,
        question: str,
        text: Text,
        asked: Asked | None,
        without: frozenset[int] = frozenset(),
    ) -> Window | None:
        """A window of the text, around what answers, or sounds most like it."""
        rng, mixture = self._rng, self._mixture
        noisy = as_typed(question, rng) if rng.random() < mixture.noisy else question
        question_tokens = self._make(noisy)
        room = mixture.max_tokens - SPECIAL_TOKENS - len(question_tokens.ids)
        if rng.random() < 0.55:
            room = min(room, rng.randint(40, 130))
        evidence = asked.evidence if asked else frozenset()
        chosen = self._choose(set(stems(question)), text, evidence, without, room)
        answer = asked.answer if asked else None
        if not chosen or (answer and answer.sentence not in chosen):
            return None
        window = Window(
            question_tokens,
            tuple(text.sentences[i] for i in chosen),
            tuple(i in evidence for i in chosen),
            replace(answer, sentence=chosen.index(answer.sentence)) if answer else None,
        )
        return self._bare(window) if rng.random() < mixture.bare else window

    def _choose(
        self,
        words: set[str],
        text: Text,
        evidence: frozenset[int],
        without: frozenset[int],
        room: int,
    ) -> list[int]:
        """The numbers of sentences that fit, in the order of reading."""
        rng = self._rng
        units = [[i for i in p if i not in without] for p in text.paragraphs]
        if len(units) == 1:
            order = _outwards(units[0], evidence, rng)
        else:
            weights = {
                u: _overlap(words, [text.sentences[i] for i in unit]) + rng.random() * 0.5
                for u, unit in enumerate(units)
            }
            first = [u for u, unit in enumerate(units) if evidence & set(unit)]
            near = {v for u in first for v in (u - 1, u + 1)} if rng.random() < 0.5 else set()
            rest = sorted(weights, key=lambda u: (u not in near, -weights[u]))
            order = [i for u in dict.fromkeys([*first, *rest]) for i in units[u]]
        order = [*sorted(evidence & set(order)), *(i for i in order if i not in evidence)]
        return sorted(_fitting(order, text.sentences, room))

    def _bare(self, window: Window) -> Window:
        """The window without apostrophes and quotation marks, where it still is one without them.

        It is not where the answer was nothing else, or where words run together that have more
        tokens than they had apart.
        """
        sentences = tuple(self._make(without_marks(s.text)) for s in window.sentences)
        answer = window.answer
        if answer:
            whole = window.sentences[answer.sentence].text
            start = len(without_marks(whole[: answer.start]))
            end = len(without_marks(whole[: answer.end]))
            if not sentences[answer.sentence].text[start:end].strip():
                return window
            answer = replace(answer, start=start, end=end)
        question = self._make(without_marks(window.question.text))
        bare = replace(window, question=question, sentences=sentences, answer=answer)
        return bare if bare.tokens <= self._mixture.max_tokens else window


def _outwards(unit: Sequence[int], evidence: frozenset[int], rng: random.Random) -> list[int]:
    """A paragraph's sentences, from those that answer (or any) outwards."""
    if not unit:
        return []
    start = min(evidence) if evidence else rng.choice(unit)
    lean = rng.uniform(0.5, 2.0)
    return sorted(unit, key=lambda i: (start - i) * lean if i < start else i - start)


def _fitting(order: Iterable[int], sentences: Sequence[Sentence], room: int) -> list[int]:
    """The first ones that fit, up to one that does not."""
    chosen: list[int] = []
    for i in order:
        size = len(sentences[i].ids)
        if size > room:
            break
        chosen.append(i)
        room -= size
    return chosen


def _overlap(words: set[str], sentences: Iterable[Sentence]) -> float:
    """How many of these stems the sentences have."""
    return float(len(words & set().union(*(s.stems for s in sentences))))
