import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import get_args

import pytest

from index.article_index import STORE_FILE, VECTORS_FILE, ArticleIndex
from index.encoder import OnnxEncoder
from index.errors import IndexStateError, ModelError, SourceError
from index.formats.text import parse_text
from index.store import Store
from index.types import Document, Filters, SearchMode
from tests.index.samples import FLOOD, CountingEncoder

MODES = get_args(SearchMode)


@pytest.fixture
def counting(encoder: OnnxEncoder) -> CountingEncoder:
    return CountingEncoder(encoder)


@pytest.fixture
def counted(counting: CountingEncoder, new_index: ArticleIndex) -> Iterator[ArticleIndex]:
    """An empty index that counts what it embeds."""
    with opened(new_index.directory, counting) as index:
        yield index


def opened(directory: Path, encoder: CountingEncoder) -> ArticleIndex:
    return ArticleIndex(directory, Store(directory / STORE_FILE), encoder)


def texts(index: ArticleIndex, question: str, mode: SearchMode = "hybrid") -> list[str]:
    return [hit.passage.text for hit in index.search(question, 50, mode=mode)]


def found_articles(index: ArticleIndex, filters: Filters, mode: SearchMode) -> set[int]:
    hits = index.search("Who built the bridge and the barriers?", mode=mode, filters=filters)
    return {hit.passage.article_id for hit in hits}


def article(text: str, key: str = "k") -> Document:
    return parse_text(text, key=key, source=f"{key}.txt")


def test_articles_are_kept_in_the_order_they_were_added(
    two_articles: ArticleIndex, bridge: Document, flood: Document
) -> None:
    kept = two_articles.articles()
    assert [(a.id, a.key, a.text) for a in kept] == [
        (1, "bridge", bridge.text),
        (2, "flood", flood.text),
    ]
    assert two_articles.article(2) == kept[1]


def test_passages_are_exact_slices_of_their_articles(two_articles: ArticleIndex) -> None:
    for hit in two_articles.search("harbour", 50):
        passage, text = hit.passage, two_articles.article(hit.passage.article_id).text
        assert text[passage.start : passage.end] == passage.text
        for span in passage.sentences:
            assert passage.sentence(span) == text[span.start : span.end]


def test_adding_again_embeds_nothing(
    counted: ArticleIndex, counting: CountingEncoder, bridge: Document
) -> None:
    assert counted.add(bridge) == "added"
    embedded = counting.embedded
    assert embedded > 0
    assert counted.add(bridge) == "unchanged"
    assert counting.embedded == embedded


def test_progress_is_told(new_index: ArticleIndex) -> None:
    told: list[tuple[int, int]] = []
    text = "\n".join(f"Ferry number {i} left the harbour." for i in range(300))
    new_index.add(article(text), lambda done, total: told.append((done, total)))
    assert told == [(256, 300), (300, 300)]


@pytest.mark.parametrize("mode", MODES)
def test_a_changed_article_leaves_nothing_stale(
    two_articles: ArticleIndex, mode: SearchMode
) -> None:
    text = FLOOD.replace("Nobody in Westmark was hurt.", "Three people were rescued by boat.")
    changed = parse_text(text, key="flood", source="flood.txt")
    assert any("Nobody in Westmark" in found for found in texts(two_articles, "hurt", mode))
    assert two_articles.add(changed) == "replaced"
    assert any("rescued by boat" in found for found in texts(two_articles, "rescued", mode))
    assert not any("Nobody in Westmark" in found for found in texts(two_articles, "hurt", mode))
    assert [a.id for a in two_articles.articles()] == [1, 3]
    assert two_articles.verify() == []


def test_a_new_headline_alone_is_a_change(two_articles: ArticleIndex, bridge: Document) -> None:
    assert two_articles.add(replace(bridge, title="Another")) == "replaced"
    assert "Another" in {a.title for a in two_articles.articles()}


@pytest.mark.parametrize("mode", MODES)
def test_a_removed_article_is_not_found(two_articles: ArticleIndex, mode: SearchMode) -> None:
    assert two_articles.search("bridge ferries", mode=mode)[0].passage.article_id == 1
    two_articles.remove("bridge")
    assert {h.passage.article_id for h in two_articles.search("the bridge", mode=mode)} <= {2}
    assert [a.key for a in two_articles.articles()] == ["flood"]
    assert two_articles.verify() == []


def test_what_is_not_there_cannot_be_removed(two_articles: ArticleIndex) -> None:
    assert two_articles.remove("tunnel") is False
    with pytest.raises(KeyError):
        two_articles.article(99)


def test_passage_ids_are_never_used_again(two_articles: ArticleIndex, flood: Document) -> None:
    before = {hit.passage.id for hit in two_articles.search("Westmark", 50)}
    two_articles.remove("flood")
    two_articles.save()
    two_articles.add(flood)
    found = [h.passage for h in two_articles.search("Westmark", 50) if h.passage.article_id == 3]
    assert min(passage.id for passage in found) > max(before)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {1, 2}),
        (Filters(articles=[1]), {1}),
        (Filters(articles=[2, 99]), {2}),
        (Filters(since=date(2023, 6, 12)), {2}),
        (Filters(until=date(2023, 4, 5)), {1}),
        (Filters(since=date(2023, 4, 6), until=date(2023, 6, 11)), set()),
    ],
)
def test_filters_narrow_every_mode(
    two_articles: ArticleIndex, filters: Filters, expected: set[int], mode: SearchMode
) -> None:
    assert found_articles(two_articles, filters, mode) == expected


@pytest.mark.parametrize(
    "question",
    [
        "ferries AND",
        "AND OR NOT ferries",
        "NEAR(ferries, 2)",
        "ferries*",
        '"ferries',
        "ferries-June",
        "words: ferries",
        "{words}: ^ferries",
        "ferries + (",
        "-ferries' \\ ; DROP TABLE passages",
        "ferries\x00June",
    ],
)
def test_operators_in_a_question_are_words(two_articles: ArticleIndex, question: str) -> None:
    best, *_ = two_articles.search(question, mode="lexical")
    assert best.passage.text.startswith("Ferries run")


@pytest.mark.parametrize(
    ("question", "start"),
    [
        ("dont", "Ferries"),
        ("don't", "Ferries"),
        ("don’t", "Ferries"),
        ("US", "The barriers"),
        ("U.S.", "The barriers"),
        ("Russias", "Russia's"),
        ("Russia's", "Russia's"),
        ("Russia’s", "Russia's"),
    ],
)
def test_apostrophes_and_dots_make_no_difference(
    two_articles: ArticleIndex, question: str, start: str
) -> None:
    assert [t.startswith(start) for t in texts(two_articles, question, "lexical")] == [True]


def test_apostrophes_in_the_question_alone_make_no_difference(new_index: ArticleIndex) -> None:
    new_index.add(article("Drivers dont like it. Russias barriers stand. The US built them."))
    for question in ["don't", "Russia's", "U.S."]:
        assert texts(new_index, question, "lexical")


@pytest.mark.parametrize("character", ["\x00", "\ud800"])
@pytest.mark.parametrize("field", ["text", "title", "key", "source", "url"])
def test_what_is_no_text_is_refused(
    new_index: ArticleIndex, bridge: Document, field: str, character: str
) -> None:
    changed = Document(**{**vars(bridge), field: f"A{character}"})
    with pytest.raises(SourceError, match="characters that are no text"):
        new_index.add(changed)
    assert new_index.articles() == []


def test_a_document_without_paragraphs_is_refused(new_index: ArticleIndex) -> None:
    with pytest.raises(SourceError, match="s: there is no text in it"):
        new_index.add(Document(key="k", source="s", text="Text.", title="t"))


def test_another_indexs_addition_is_seen_without_opening_again(
    two_articles: ArticleIndex,
) -> None:
    assert not any("tunnel" in text for text in texts(two_articles, "Where is the tunnel?"))
    with ArticleIndex.open(two_articles.directory) as another:
        another.add(article("The tunnel is under the river."))
        assert texts(two_articles, "Where is the tunnel?")[0].startswith("The tunnel")
        another.remove("k")
    assert not any("tunnel" in text for text in texts(two_articles, "Where is the tunnel?"))
    assert two_articles.verify() == []


def test_threads_share_an_index(new_index: ArticleIndex) -> None:
    errors: list[BaseException] = []

    def work(number: int) -> None:
        try:
            new_index.add(article(f"Ferry {number} left the harbour.", key=str(number)))
            assert new_index.search(f"ferry {number}", mode="lexical")
        except BaseException as error:  # A thread's exception is lost otherwise.
            errors.append(error)

    threads = [threading.Thread(target=work, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    assert len(new_index.articles()) == 8
    assert new_index.verify() == []


@pytest.mark.usefixtures("encoder")
def test_threads_may_make_the_same_index_at_once(tmp_path: Path) -> None:
    errors: list[BaseException] = []

    def make(number: int) -> None:
        try:
            with ArticleIndex.open(tmp_path / "index", create=True) as index:
                index.add(article(f"Ferry {number} left.", key=str(number)))
        except BaseException as error:  # A thread's exception is lost otherwise.
            errors.append(error)

    threads = [threading.Thread(target=make, args=[number]) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []
    with ArticleIndex.open(tmp_path / "index") as index:
        assert len(index.articles()) == 6


def test_the_vectors_are_read_from_their_file(
    two_articles: ArticleIndex, counting: CountingEncoder
) -> None:
    two_articles.save()
    with opened(two_articles.directory, counting) as index:
        assert index._vectors.ids() == {h.passage.id for h in two_articles.search("a", 50)}


@pytest.mark.parametrize(
    "damage", ["missing", "empty", "start", "middle", "end", "truncated", "another", "older"]
)
def test_the_vectors_are_made_again_without_embedding(
    two_articles: ArticleIndex,
    bundled_directory: Path,
    counting: CountingEncoder,
    flood: Document,
    damage: str,
) -> None:
    expected = two_articles.search("Who was hurt?", 50)
    two_articles.save()
    path = two_articles.directory / VECTORS_FILE
    content = path.read_bytes()
    noise = {"start": 0, "middle": len(content) // 2, "end": len(content) - 64}
    if damage == "missing":
        path.unlink()
    elif damage == "another":
        shutil.copyfile(bundled_directory / VECTORS_FILE, path)
    elif damage == "older":
        two_articles.remove("flood")
        two_articles.save()
        without_flood = path.read_bytes()
        two_articles.add(flood)
        expected = two_articles.search("Who was hurt?", 50)
        two_articles.save()
        path.write_bytes(without_flood)
    else:
        start = noise.get(damage, 0)
        kept = {"empty": 0, "truncated": len(content) // 2}.get(damage, len(content))
        path.write_bytes((content[:start] + b"\xaa" * 64 + content[start + 64 :])[:kept])
    with opened(two_articles.directory, counting) as index:
        assert index.search("Who was hurt?", 50) == expected
        assert index.verify() == []
    assert counting.embedded == 0
    assert len(path.read_bytes()) == len(content)


def test_a_file_that_is_not_behind_is_not_written(two_articles: ArticleIndex) -> None:
    two_articles.save()
    path = two_articles.directory / VECTORS_FILE
    before = path.stat()
    with ArticleIndex.open(two_articles.directory) as index:
        index.search("ferries")
    assert path.stat() == before


def test_an_index_opens_again_as_it_was(two_articles: ArticleIndex) -> None:
    expected = two_articles.search("When do ferries run?")
    two_articles.close()
    with ArticleIndex.open(two_articles.directory) as index:
        assert index.search("When do ferries run?") == expected


@pytest.mark.parametrize("create", [False, True])
def test_a_missing_index(tmp_path: Path, create: bool) -> None:
    if create:
        with ArticleIndex.open(tmp_path / "new", create=True) as index:
            assert index.articles() == []
    else:
        with pytest.raises(IndexStateError, match="there is no index"):
            ArticleIndex.open(tmp_path / "new")
        assert not (tmp_path / "new").exists()


@pytest.mark.parametrize("name", ["model", "fingerprint"])
def test_a_setting_that_is_missing_is_damage(new_index: ArticleIndex, name: str) -> None:
    with new_index._store.writing() as db:
        db.execute("DELETE FROM settings WHERE name = ?", [name])
    with pytest.raises(IndexStateError, match="the index is damaged"):
        ArticleIndex.open(new_index.directory)


def test_an_index_is_new_until_something_was_added(
    new_index: ArticleIndex, bridge: Document
) -> None:
    assert new_index.is_new()
    new_index.add(bridge)
    assert not new_index.is_new()
    new_index.remove("bridge")
    assert not new_index.is_new()


def test_an_empty_file_in_its_place_is_filled(tmp_path: Path) -> None:
    (tmp_path / STORE_FILE).touch()
    with ArticleIndex.open(tmp_path, create=True) as index:
        assert index.articles() == []


def test_an_index_is_made_with_another_model(small_model: Path, tmp_path: Path) -> None:
    with ArticleIndex.open(tmp_path, model=str(small_model), create=True) as index:
        index.add(article("ferries run."))
    with ArticleIndex.open(tmp_path) as index:
        assert (index.encoder.model, index.encoder.dimension) == (str(small_model), 8)
        assert texts(index, "ferries", "dense") == ["ferries run."]
        assert index.verify() == []


def test_opening_with_another_model_says_what_to_do(
    small_model: Path, bundled_directory: Path
) -> None:
    with pytest.raises(IndexStateError, match="built with the model all-MiniLM-L6-v2, not with"):
        ArticleIndex.open(bundled_directory, model=str(small_model))


def test_opening_when_the_model_changed_says_so(
    own_small_model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ArticleIndex.open(tmp_path / "index", model=str(own_small_model), create=True).close()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "another"))
    (own_small_model / "config_sentence_transformers.json").write_text("{}")
    with pytest.raises(ModelError, match="its files changed since the index was built"):
        ArticleIndex.open(tmp_path / "index")


def test_no_index_is_made_when_the_model_is_missing(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="neither a folder nor a hub model's name"):
        ArticleIndex.open(tmp_path / "index", model="no/such/folder", create=True)
    assert not (tmp_path / "index").exists()


def test_an_index_that_cannot_be_written_opens_and_answers(bundled_directory: Path) -> None:
    """In a process without root's rights, which no mode stops."""
    script = """if True:
        import os, sys
        from pathlib import Path
        from index.article_index import ArticleIndex, STORE_FILE
        from index.attribution.finding import find_attributions
        from index.encoder import load_encoder
        from index.errors import IndexStateError
        from index.formats.text import parse_text
        from index.store import Store

        directory, encoder = Path(sys.argv[1]), load_encoder()
        encoder.encode(["A first text."]), encoder.encode_question("Is it?")
        document = parse_text("A tunnel.", "k", "s")
        find_attributions(document)
        if os.getuid() == 0:
            os.setuid(65534)
        with ArticleIndex(directory, Store(directory / STORE_FILE), encoder) as index:
            print(index.search("How many soldiers are at the border?")[0].passage.text)
            print(index.verify())
            try:
                index.add(document)
            except IndexStateError as error:
                print(error)
    """
    with tempfile.TemporaryDirectory(dir="/tmp") as scratch:
        directory = Path(scratch) / "index"
        shutil.copytree(bundled_directory, directory)
        (directory / VECTORS_FILE).unlink()
        (directory / STORE_FILE).chmod(0o444)
        for folder, mode in [(directory, 0o555), (Path(scratch), 0o755)]:
            folder.chmod(mode)
        done = subprocess.run(
            [sys.executable, "-c", script, str(directory)],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},
        )
        left = sorted(path.name for path in directory.iterdir())
        directory.chmod(0o755)
    assert done.stderr == ""
    answer, faults, refusal = done.stdout.splitlines()
    assert "100,000 Russian" in answer
    assert faults == "[]"
    assert "readonly database" in refusal
    assert left == [STORE_FILE]
