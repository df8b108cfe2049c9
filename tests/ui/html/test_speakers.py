"""The panel of speakers and their statements."""

from index.types import Article, Attribution, Span, Speaker
from ui.html.evidence import evidence_html
from ui.html.speakers import speakers_html

TEXT = "Rain <b> fell, said Orr. It fell twice. Moe saw snow."
ORR = Speaker("Jane <Orr>", ("Mayor & host",))
ARTICLE = Article(key="k", source="news.txt", text=TEXT, title="Weather", id=7)
SAID = [
    Attribution((), (), (Span(0, 13), Span(25, 38)), ORR),
    Attribution((), (), (Span(40, 52),), None),
    Attribution((), (), (Span(25, 38),), ORR),
]


def test_statements_stand_under_their_speaker_escaped() -> None:
    html = speakers_html(ARTICLE, SAID)
    assert "Jane &lt;Orr&gt; <small>Mayor &amp; host</small> (2)" in html
    assert "Rain &lt;b&gt; fell … It fell twice" in html
    assert html.index("Jane") < html.index("Speaker unclear (1)")
    assert "Who says what (3 statements)" in html


def test_what_is_denied_is_said_to_be() -> None:
    denied = Attribution((), (Span(15, 19),), (Span(0, 13),), ORR)
    assert '<span class="cue">said:</span> <a class="statement"' in speakers_html(ARTICLE, [denied])
    assert 'class="cue"' not in speakers_html(ARTICLE, SAID)


def test_those_who_say_most_come_first() -> None:
    moe = Attribution((), (), (Span(40, 52),), Speaker("Moe"))
    html = speakers_html(ARTICLE, [moe, *SAID])
    assert html.index("Jane &lt;Orr&gt;") < html.index("Moe (1)")


def test_where_nobody_says_anything_there_is_no_panel() -> None:
    assert speakers_html(ARTICLE, []) == ""
    assert "speakers" not in evidence_html([], {7: ARTICLE})


def test_each_statement_says_where_it_stands() -> None:
    html = evidence_html([], {7: ARTICLE}, {7: SAID})
    assert 'data-places="0-13 25-38"' in html
    assert '<p dir="auto" data-start="0">' in html
    assert "<mark" not in html
