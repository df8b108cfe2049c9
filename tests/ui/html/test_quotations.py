"""Quotations with a way to their place on the web, and to take them along."""

from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.types import Citation
from tests.ui.answers import URL, citation
from ui.html.quotations import address_of, quotations_html, with_source

PAGE = "https://news.example/rain"
LONG = "One two three four five six seven eight nine ten eleven."


def quoted(quote: str, url: str | None = PAGE) -> Citation:
    return replace(citation(quote), url=url)


def test_a_short_quote_is_named_whole() -> None:
    assert address_of(quoted("Rain fell\n twice.")) == f"{PAGE}#:~:text=Rain%20fell%20twice."


def test_of_a_long_quote_both_ends_are_named() -> None:
    assert address_of(quoted(LONG)) == (
        f"{PAGE}#:~:text=One%20two%20three%20four%20five,seven%20eight%20nine%20ten%20eleven."
    )


def test_what_has_a_meaning_in_the_fragment_is_encoded() -> None:
    address = address_of(quoted("-well-known, R&D #1 (50%)-"))
    assert address == f"{PAGE}#:~:text=%2Dwell%2Dknown%2C%20R%26D%20%231%20%2850%25%29%2D"


@pytest.mark.parametrize(
    ("url", "before"),
    [
        (f"{PAGE}?a=1#part", f"{PAGE}?a=1#part:~:text="),
        (f"{PAGE}#", f"{PAGE}#:~:text="),
        (f"{PAGE}#:~:text=found", f"{PAGE}#:~:text="),
        (f"{PAGE}#part:~:text=found", f"{PAGE}#part:~:text="),
    ],
)
def test_a_fragment_of_the_address_stays_but_for_words_that_it_names(url: str, before: str) -> None:
    assert address_of(quoted("Rain", url)) == f"{before}Rain"


@given(st.text())
def test_the_words_named_are_those_of_the_quote(quote: str) -> None:
    fragment = urlsplit(address_of(quoted(quote))).fragment
    named = fragment.removeprefix(":~:text=")
    assert not set("-& \"<>'#") & set(named)
    ends = [unquote(end).split() for end in named.split(",")]
    words = quote.split()
    if len(ends) == 1:
        assert ends == [words]
        assert len(words) <= 10
    else:
        assert ends == [words[:5], words[-5:]]
        assert len(words) > 10


@pytest.mark.parametrize(
    "url", [None, "javascript:alert(1)", "data:text/html,x", "ftp://a.example"]
)
def test_there_is_a_link_to_web_addresses_only(url: str | None) -> None:
    html = quotations_html([quoted("Rain fell.", url)], 1)
    assert "Original page" not in html
    assert html.count("href=") == 1
    assert "Copy with citation" in html


def test_a_link_opens_the_page_in_a_tab_of_its_own() -> None:
    assert (
        f'<a class="original" href="{PAGE}#:~:text=Rain%20fell." target="_blank" '
        'rel="noopener noreferrer" aria-label="Quotation 1 on the original page">'
    ) in quotations_html([quoted("Rain fell.")], 1)


def test_each_quotation_has_its_number_and_speaker() -> None:
    html = quotations_html([citation("Rain fell."), replace(citation("Hail.", 2), speaker=None)], 3)
    first, second = html.split("<li>")[1:]
    assert '<a class="number" href="#citation-3-1">[1]</a>' in first
    assert "<cite>Jane Orr</cite>: <q>Rain fell.</q>" in first
    assert '<a class="number" href="#citation-3-2">[2]</a>' in second
    assert "<cite>" not in second
    assert 'aria-label="Copy quotation 2 with its source"' in second


def test_of_nothing_there_is_no_list() -> None:
    assert quotations_html([], 1) == ""


def test_a_quotation_is_taken_along_with_all_that_is_known_of_it() -> None:
    known = replace(citation("Rain\n fell."), url="https://www.news.example/rain?a=1")
    assert with_source(known) == (
        "“Rain fell.” – Jane Orr, “Weather”, news.example, 2 January 2024, "
        "https://www.news.example/rain?a=1"
    )


def test_without_an_address_the_source_is_named() -> None:
    known = replace(citation("Rain fell."), url=None, speaker=None, published=None)
    assert with_source(known) == "“Rain fell.” – “Weather”, news.txt"


def test_an_address_without_a_readable_host_hides_nothing_else() -> None:
    known = replace(citation("Rain fell."), url="https://[news/rain", published=None)
    assert with_source(known) == (
        "“Rain fell.” – Jane Orr, “Weather”, news.txt, https://[news/rain"
    )
    assert "<q>Rain fell.</q>" in quotations_html([known], 1)


def test_nothing_gets_out_of_an_attribute_or_becomes_a_tag() -> None:
    hostile = "\"onclick='x'\n<script>"
    known = replace(
        citation(hostile), title=hostile, speaker=hostile, url=f"https://a.example/{hostile}"
    )
    html = quotations_html([known], 1)
    assert "<script" not in html
    assert '"onclick' not in html
    assert "'x'" not in html
    assert (
        'data-copy="“&quot;onclick=&#x27;x&#x27; &lt;script&gt;” – &quot;onclick=&#x27;x&#x27; '
    ) in html


def test_an_ampersand_of_an_address_is_escaped_once() -> None:
    html = quotations_html([citation("Rain fell.")], 1)
    assert f'href="{URL.replace("&", "&amp;")}#:~:text=Rain%20fell."' in html
