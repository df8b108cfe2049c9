"""Windows over an article's tokens: all are decided once, and none is longer than may be read."""

from itertools import accumulate, pairwise

from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer

from index.attribution.windows import MAX_TOKENS, SPECIAL, tokens_of, windows_of
from index.model import PACKAGED_MODEL, locate_model
from tests.index.attribution.made import document_of

SIZES = st.lists(st.one_of(st.integers(0, 120), st.integers(0, 700)), max_size=12)


@given(SIZES)
def test_every_token_is_decided_once_by_a_window_that_has_room(sizes: list[int]) -> None:
    starts = list(accumulate(sizes, initial=0))
    windows = list(windows_of([range(a, b) for a, b in pairwise(starts)]))
    assert [t for w in windows for t in w.decided] == list(range(starts[-1]))
    for window in windows:
        assert window.read.start <= window.decided.start
        assert window.decided.stop == window.read.stop
        assert len(window.read) <= MAX_TOKENS - SPECIAL


def test_where_there_is_no_room_the_paragraph_before_is_not_seen() -> None:
    paragraphs = [range(200), range(200, 300)]
    assert [w.read for w in windows_of(paragraphs)] == paragraphs


def test_short_paragraphs_are_read_together_with_the_one_before() -> None:
    paragraphs = [range(i * 100, i * 100 + 100) for i in range(4)]
    assert [w.read for w in windows_of(paragraphs)] == [
        range(200),
        range(100, 300),
        range(200, 400),
    ]


TOKENIZER: Tokenizer = Tokenizer.from_file(
    str(locate_model(PACKAGED_MODEL).folder / "tokenizer.json")
)
TOKENIZER.no_padding()
TOKENIZER.no_truncation()


@given(st.lists(st.text(alphabet="ab cé’“.\u0301", max_size=30), min_size=1, max_size=4))
def test_tokens_stand_where_they_say(paragraphs: list[str]) -> None:
    document = document_of(*paragraphs)
    tokens = tokens_of(document, TOKENIZER)
    assert len(tokens.ids) == len(tokens.offsets) == len(tokens.words)
    assert tokens.paragraphs[-1].stop == len(tokens.ids)
    for numbers, paragraph in zip(tokens.paragraphs, document.paragraphs, strict=True):
        for i in numbers:
            assert (
                paragraph.start <= tokens.offsets[i].start <= tokens.offsets[i].end <= paragraph.end
            )
    assert list(tokens.words) == sorted(tokens.words)


def test_what_goes_on_over_paragraphs_opens_each_with_a_mark() -> None:
    tokens = tokens_of(document_of("“It rains.", "“It snows.”", "So he said."), TOKENIZER)
    first, second, third = (paragraph.start for paragraph in tokens.paragraphs)
    assert third in tokens.breaks
    assert not tokens.breaks & {first, second}
