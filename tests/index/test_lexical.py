import sqlite3

import pytest

from index.lexical import content_words, match_query, normalise, stem, stems, words
from index.readers import bundled_document


@pytest.mark.parametrize(
    ("written", "also"),
    [
        ("don't", "dont"),
        ("don’t", "dont"),
        ("Russia's", "Russias"),
        ("O’Brien", "OBrien"),
        ("the U.S. and the U.N.", "the US and the UN"),
        ("U.S.-led", "US-led"),
        ("Erdoğan", "Erdogan"),
        ("Émile e\u0301mile", "Emile emile"),
        ("ﬁre", "fire"),
    ],
)
def test_two_spellings_have_one_normal_form(written: str, also: str) -> None:
    assert normalise(written) == normalise(also) == also


@pytest.mark.parametrize("text", ["the dogs' bowls", "'Stay,' he said.", "No. 5", "a.m", "e.g"])
def test_other_quotes_and_stops_stay(text: str) -> None:
    assert normalise(text) == text


def test_words_are_lower_case_and_without_punctuation() -> None:
    assert words("Don't panic: the U.S. (and İzmir) said 'no_way'!") == [
        *["dont", "panic", "the", "us", "and", "izmir", "said", "no", "way"]
    ]


def test_content_words_leave_out_how_it_is_asked() -> None:
    assert content_words("What did the US say about Westmark?") == ["us", "westmark"]


def test_a_question_of_function_words_keeps_them() -> None:
    assert content_words("Who was it?") == ["who", "was", "it"]


def test_forms_of_a_word_have_one_stem() -> None:
    assert stems("Talks, talked, talking: talk!") == {"talk"}


def test_stems_are_those_of_the_full_text_index() -> None:
    found = sorted(set(words(bundled_document().text)))
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE t USING fts5 (word, tokenize = 'porter unicode61')")
        db.execute("CREATE VIRTUAL TABLE terms USING fts5vocab ('t', 'instance')")
        db.executemany("INSERT INTO t VALUES (?)", [[word] for word in found])
        stored = [row[0] for row in db.execute("SELECT term FROM terms ORDER BY doc")]
    assert stored == [stem(word) for word in found]


@pytest.mark.parametrize(
    ("question_words", "query"),
    [
        ([], ""),
        (["bridge"], '"bridge"'),
        (["bridge", "and", "near"], '"bridge" OR "and" OR "near"'),
        (["talk", "bridge", "talks"], '"talks" OR "bridge"'),
    ],
)
def test_a_query_asks_for_any_stem_once(question_words: list[str], query: str) -> None:
    assert match_query(question_words) == query
