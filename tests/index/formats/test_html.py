import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import SourceError
from index.formats import extract
from index.formats.html import parse_html
from index.types import Document, Original
from tests.index.formats.documents import header, paragraphs
from tests.index.samples import odd_texts

HEADLINE = "Harbour bridge closes for repairs"
URL = "https://news.example/2023/04/harbour-bridge/"
CANONICAL = f'<link rel="canonical" href="{URL}">'
AUTHOR = '<meta name="author" content="Maya Stone">'
DATE = '<meta property="article:published_time" content="2023-04-05T08:00:00Z">'
HEAD = f"""
<title>{HEADLINE}</title>
{AUTHOR}
{DATE}
{CANONICAL}
"""
BODY = [
    "The harbour bridge will close on Monday, Mayor Lena Ortiz said. Repairs cost $60 million.",
    "Ferries run every ten minutes until June. Drivers do not like the detour round the bay.",
    "The council meets again in May to decide what becomes of the old toll road.",
]
PROSE = "".join(f"<p>{paragraph}</p>" for paragraph in BODY)
PAGE = f"""<!DOCTYPE html>
<html lang="en"><head>{HEAD}</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport and weather</a></nav>
<header><p>Bay News, read since 1921 by all who matter here.</p></header>
<main><article><h1>{HEADLINE}</h1>{PROSE}</article>
<section id="comments" class="comments"><p>I never liked that bridge, to be honest.</p></section>
</main>
<footer><p>Copyright 2023 Bay News. All rights are reserved.</p></footer>
<script>var tracking = "on all the pages";</script>
</body></html>"""


def html(page: str, url: str | None = None) -> Document:
    return parse_html(page, key="k", source="/news/bridge.html", url=url)


def assert_spans_are_exact(document: Document) -> None:
    spans = [*document.paragraphs]
    assert all(before.end <= after.start for before, after in pairwise(spans))
    for start, end in [*spans, *document.header.values()]:
        assert 0 <= start < end <= len(document.text)
        assert document.text[start:end] == document.text[start:end].strip()


def test_what_a_page_states_can_be_cited() -> None:
    document = html(PAGE)
    assert (document.title, document.author, document.url) == (HEADLINE, "Maya Stone", URL)
    assert str(document.published) == "2023-04-05"
    stated = {"title": HEADLINE, "author": "Maya Stone", "published": "2023-04-05", "url": URL}
    assert header(document) == stated
    assert document.text.startswith("\n".join(stated.values()) + "\n\n" + BODY[0])


def test_paragraphs_are_the_headline_and_the_body_alone() -> None:
    assert paragraphs(html(PAGE)) == [HEADLINE, *BODY]


@pytest.mark.parametrize(
    "around", ["Home", "weather", "since 1921", "never liked", "Copyright", "tracking", HEADLINE]
)
def test_what_surrounds_an_article_is_left_out(around: str) -> None:
    document = html(PAGE)
    assert around not in document.text[document.header["url"].end :]


def test_a_page_without_headline_is_named_by_its_source() -> None:
    document = html(f"<html><body><article>{PROSE}</article></body></html>")
    assert (document.title, document.header) == ("bridge", {})
    assert paragraphs(document) == BODY


def test_without_a_canonical_address_it_is_where_it_was_found() -> None:
    found = "https://news.example/a?page=1"
    document = html(PAGE.replace(CANONICAL, ""), found)
    assert (document.url, header(document)["url"]) == (found, found)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,a"])
def test_only_web_addresses_are_canonical(url: str) -> None:
    document = html(PAGE.replace(URL, url))
    assert document.url is None
    assert "url" not in document.header


@pytest.mark.parametrize("missing", [AUTHOR, DATE])
def test_what_a_page_does_not_state_is_unknown(missing: str) -> None:
    document = html(PAGE.replace(missing, ""))
    assert [document.author, document.published].count(None) == 1
    assert paragraphs(document) == [HEADLINE, *BODY]


def test_a_date_in_the_prose_is_not_when_it_was_published() -> None:
    page = PAGE.replace(DATE, "")
    assert html(page.replace("on Monday", "on 3 May 2019")).published is None


FORM = '<form><label>Name <input></label><label>Password <input type="password"></label></form>'
MENU = '<nav><ul><li><a href="/a">Home</a></li><li><a href="/b">Sport</a></li></ul></nav>'


@pytest.mark.parametrize(
    "page",
    [
        "",
        "<html></html>",
        f"<html><head>{HEAD}</head><body></body></html>",
        f"<html><head><title>Log in</title></head><body><h1>Log in</h1>{FORM}</body></html>",
        f"<html><body>{MENU}</body></html>",
        "no mark-up",
        "<",
        "<script>document.write('The ferry stopped at noon, and nobody knew why.')</script>",
    ],
)
def test_a_page_without_an_article_is_refused(page: str) -> None:
    with pytest.raises(SourceError) as raised:
        html(page)
    assert str(raised.value) == "/news/bridge.html: there is no article on this page"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + PROSE,
        f"<article>{PROSE}" + "<b>" * 100_000,
        f"<article>{PROSE}" + "<table><tr><td>" * 30_000,
        f"<article>{PROSE}" + "<ul><li>" * 50_000,
        "<p" * 300_000,
        "<!--" * 200_000,
        PAGE.replace("</p>", "<</p").replace("</article>", "</b></article"),
        PAGE.replace("Ortiz", "&#0;&#xD800;&#x110000;&nosuch;&" * 1000),
        PAGE.replace("<!DOCTYPE html>", '<!DOCTYPE html [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'),
        PAGE.replace(" lang", " a=1" * 10_000 + " lang"),
    ],
    ids=["divs", "bs", "tables", "lists", "tags", "comments", "broken", "codes", "bomb", "names"],
)
def test_hostile_pages_end_soon(page: str) -> None:
    started = time.perf_counter()
    try:
        assert_spans_are_exact(html(page))
    except SourceError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either is right
    assert time.perf_counter() - started < 10


def test_an_xml_declaration_with_an_encoding_does_no_harm() -> None:
    document = html(f'<?xml version="1.0" encoding="iso-8859-1"?>\n{PAGE.replace("Lena", "Léna")}')
    assert "Mayor Léna Ortiz" in document.text


def test_character_references_are_characters() -> None:
    document = html(PAGE.replace("Lena", "L&eacute;na &amp; &lt;b&gt; &#x1F600;"))
    assert "Mayor Léna & <b> 😀 Ortiz" in document.text


@pytest.mark.parametrize("code", ["&#0;", "&#8;", "&#027;", "&#x1F;", "&#xB;", "&#xD800;"])
def test_a_reference_to_no_character_does_not_hide_the_article(code: str) -> None:
    document = html(PAGE.replace("Ortiz", f"{code} Ortiz &#x2019;&#39;&#9;&#311;"))
    assert paragraphs(document)[2:] == BODY[1:]
    assert "Ortiz ’' ķ said" in document.text


@settings(deadline=None, max_examples=50)
@given(odd_texts, odd_texts, st.sampled_from(["p", "h2", "li", "td", "blockquote", "pre"]))
def test_spans_are_exact_in_any_page(headline: str, text: str, tag: str) -> None:
    changed = f"<{tag}>{text}</{tag}><p>Ferries"
    document = html(PAGE.replace(HEADLINE, headline).replace("<p>Ferries", changed))
    assert_spans_are_exact(document)
    for name, stated in header(document).items():
        assert stated in {str(getattr(document, name))}


def read_page(content: bytes, charset: str | None = None) -> Document:
    return extract(Original("k", "/news/bridge.html", content, "text/html", charset))


@pytest.mark.parametrize(
    "declaration",
    [
        '<meta charset="{}">',
        "<META CHARSET={}>",
        '<meta http-equiv="Content-Type" content="text/html; charset={}">',
    ],
)
def test_a_page_declares_its_encoding(declaration: str) -> None:
    page = PAGE.replace("<head>", "<head>" + declaration.format("cp1251")).replace("Lena", "Лена")
    assert "Mayor Лена Ortiz" in read_page(page.encode("cp1251")).text


def test_the_servers_encoding_goes_first() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="cp1252">').replace("Lena", "Лена")
    assert "Mayor Лена Ortiz" in read_page(page.encode("koi8-r"), "koi8-r").text
