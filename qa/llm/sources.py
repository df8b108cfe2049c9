"""What a language model is shown of the articles: retrieved sentences, each under an id."""

import re
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import count, groupby

from index.types import Article, Hit, Span

OPENING = "[［【〔〖〘〚⟦⁅❲﹇﹝"
"""The square bracket, in which ids stand, and what models write or take for it."""

CLOSING = "]］】〕〗〙〛⟧⁆❳﹈﹞"

_LESS = "<＜﹤〈\u2329⟨❬❮"
_GREATER = ">＞﹥〉\u232a⟩❭❯"
_LOOK_ALIKES = str.maketrans(
    dict.fromkeys(OPENING, "(")
    | dict.fromkeys(CLOSING, ")")
    | dict.fromkeys(_LESS, "‹")
    | dict.fromkeys(_GREATER, "›")
)

_UNSEEN_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}
_UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
"""What Unicode counts as marks or letters, and nobody sees."""

_LETTERS = "bcdfghjkmnpqrstvwxz"
_DIGITS = "23456789"
ID = rf"[{_LETTERS}]{{2}}[{_DIGITS}]{{2}}"
"""A pattern of ids. Without vowels, 0 and 1 they are no words, and no AK47 or mh17."""

_SECRET = secrets.token_bytes(16)
"""Of this process: who writes an article knows its key and positions, and could work out ids."""

_MAX_TITLE = 200
_BYTES_PER_TOKEN = 3


@dataclass(frozen=True)
class Source:
    """A retrieved sentence that is shown to the model.

    Attributes:
        id: What the model calls it.
        hit: The best passage that holds it.
        span: Where it stands in the article.
        text: As shown; see ``clean``.
    """

    id: str
    hit: Hit
    span: Span
    text: str

    @property
    def speaker(self) -> str | None:
        """Whose words it holds, as shown."""
        speaker = self.hit.speaker(self.span)
        return clean(speaker.name) or None if speaker else None


def sources(hits: Sequence[Hit], budget_tokens: int) -> tuple[Source, ...]:
    """Chooses what is shown: whole passages, the best first, as many as fit.

    Args:
        hits: What was found, the best first.
        budget_tokens: The most that ``listing`` may come to, by ``estimate_tokens``.

    Returns:
        Their sentences, each once: the article with the best passage first, and the sentences
        of an article in the order of its text, so that "he" comes after whom it means.
    """
    chosen: list[Hit] = []
    for hit in hits:
        if estimate_tokens(listing(_sources([*chosen, hit]))) <= budget_tokens:
            chosen.append(hit)
    return _sources(chosen)


def listing(shown: Iterable[Source]) -> str:
    """Returns sources as the model sees them, a line each, below a line for their article.

    Square and angle brackets are ours alone; what comes from articles holds none.
    """
    lines: list[str] = []
    for _, group in groupby(shown, key=lambda source: source.hit.article.key):
        own = list(group)
        lines.append(_headline(own[0].hit.article))
        lines.extend(_line(source) for source in own)
    return "\n".join(lines)


def clean(text: str) -> str:
    """Returns a text as one line that cannot imitate the protocol.

    White space becomes single spaces, what is invisible goes, and square and angle brackets become
    round ones and single quotation marks. Compare what a model wrote with cleaned texts only.
    """
    return " ".join(visible(text).split()).translate(_LOOK_ALIKES)


def visible(text: str) -> str:
    """Returns a text without characters that nobody sees, but for white space."""
    return "".join(
        character
        for character in _UNSEEN.sub("", text)
        if character.isspace() or unicodedata.category(character) not in _UNSEEN_CATEGORIES
    )


def estimate_tokens(text: str) -> int:
    """Returns a number of tokens that hardly any model exceeds, whatever its tokenizer.

    English has four to five bytes of UTF-8 a token in today's models; counting three leaves room
    for ids, figures and names, and bytes rather than characters for other scripts. The encoder's
    own count would not do: in its vocabulary an unknown word of any length is one token.
    """
    return -(-len(text.encode()) // _BYTES_PER_TOKEN)


def _sources(hits: Sequence[Hit]) -> tuple[Source, ...]:
    found: dict[tuple[str, Span], Hit] = {}
    for hit in hits:
        for span in hit.passage.sentences:
            found.setdefault((hit.article.key, span), hit)
    ranks = {key: rank for rank, key in enumerate(dict.fromkeys(h.article.key for h in hits))}
    shown: dict[str, Source] = {}
    for key, span in sorted(found, key=lambda place: (ranks[place[0]], place[1])):
        hit = found[key, span]
        if text := clean(hit.passage.sentence(span)):
            own = next(each for each in _ids(key, span) if each not in shown)
            shown[own] = Source(own, hit, span, text)
    return tuple(shown.values())


def _ids(key: str, span: Span) -> Iterator[str]:
    """The id of a sentence, always the same in this process, and others in case it is taken."""
    for attempt in count():
        digest = blake2b(repr((key, *span, attempt)).encode(), key=_SECRET).digest()
        alphabets = (_LETTERS, _LETTERS, _DIGITS, _DIGITS)
        yield "".join(a[byte % len(a)] for a, byte in zip(alphabets, digest, strict=False))


def _headline(article: Article) -> str:
    published = f" published {article.published}" if article.published else ""
    return f"<article{published}> {clean(article.title)[:_MAX_TITLE]}".rstrip()


def _line(source: Source) -> str:
    speaker = f"<{source.speaker}> " if source.speaker else ""
    return f"[{source.id}] {speaker}{source.text}"
