"""The index of articles: one directory that is added to, searched and checked."""

import re
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from sqlite3 import Connection
from typing import Self

import numpy as np

from index import rows
from index.attribution import rows as attribution_rows
from index.attribution.finding import find_attributions
from index.chunking import chunk
from index.closing import ClosedAfterUse
from index.encoder import load_encoder
from index.errors import IndexStateError, SourceError
from index.formats import digest
from index.lexical import stems
from index.model import PACKAGED_MODEL
from index.retrieval import retrieve, term_weights
from index.store import NEVER_WRITTEN, Store, generation, has_content
from index.types import (
    Article,
    Attribution,
    Change,
    Document,
    Encoder,
    Filters,
    Hit,
    Original,
    Progress,
    SearchMode,
    Speaker,
    Vectors,
)
from index.vectors import VectorIndex
from index.verification import find_faults

STORE_FILE = "passages.sqlite"
VECTORS_FILE = "vectors.faiss"
_EMBEDDED_AT_ONCE = 256
_NO_TEXT = re.compile(r"[\x00\ud800-\udfff]")


class ArticleIndex(ClosedAfterUse):
    """Articles, their passages and vectors, in one directory.

    Threads may share one; so may processes share a directory. Use it as a context manager, or
    ``close`` it, so that the derived FAISS file is written.
    """

    def __init__(self, directory: Path, store: Store, encoder: Encoder) -> None:
        """Use ``ArticleIndex.open``."""
        self.directory = directory
        self.encoder = encoder
        self._store = store
        self._lock = threading.Lock()
        path, written = directory / VECTORS_FILE, store.settings["generation"]
        self._vectors = VectorIndex.load(path, written, encoder.dimension)
        self._saved = self._vectors.generation
        self._speakers: tuple[str, tuple[Speaker, ...]] = (NEVER_WRITTEN, ())

    @classmethod
    def open(cls, directory: Path, *, model: str | None = None, create: bool = False) -> Self:
        """Opens an index.

        Args:
            directory: Where it is.
            model: The embedding model; None for the one that it was built with, and for a new
                index the packaged one.
            create: Whether to make one where there is none.

        Raises:
            IndexStateError: There is none, or it is damaged, of another format or model.
            ModelError: The model is missing or damaged.
        """
        path = directory / STORE_FILE
        if create and not has_content(path):
            encoder = load_encoder(model or PACKAGED_MODEL, download=model is not None)
            store = Store.create(path, _settings(encoder))
        else:
            store = Store(path)
        settings = store.settings
        if not {"model", "fingerprint"} <= settings.keys():
            raise IndexStateError(f"{path}: the index is damaged; delete it and add articles again")
        if model is None:
            encoder = load_encoder(settings["model"], settings["fingerprint"])
        else:
            encoder = load_encoder(model, download=True)
        _check_settings(path, settings, encoder)
        return cls(directory, store, encoder)

    def close(self) -> None:
        """Saves and closes it."""
        self.save()
        self._store.close()

    def save(self) -> None:
        """Writes the FAISS file where it is behind. On read-only media it is left as it is."""
        with suppress(IndexStateError, OSError), self._store.reading() as db, self._lock:
            vectors = self._current_vectors(db)
            if self._saved != vectors.generation:
                vectors.save(self.directory / VECTORS_FILE)
                self._saved = vectors.generation

    def add(self, document: Document, progress: Progress | None = None) -> Change:
        """Adds a document, or replaces the article of its key where that has changed.

        The embedding is done before the write begins, so that others wait briefly.

        Raises:
            SourceError: Its text cannot be stored, or holds no sentence.
            IndexStateError: The index cannot be written.
        """
        _check_text(document)
        with self._store.reading() as db:
            known = rows.digest(db, document.key)
        if known == rows.document_digest(document):
            return "unchanged"
        passages = self._embed(document, progress)
        attributions = find_attributions(document)
        with self._store.writing() as db:
            replaced = rows.remove(db, document.key)
            rows.insert(db, document, passages, attributions)
        return "replaced" if replaced else "added"

    def holds(self, original: Original) -> bool:
        """Tells whether an article of its key was extracted from exactly this original."""
        if _NO_TEXT.search(original.key):  # ``add`` says so.
            return False
        with self._store.reading() as db:
            return rows.original_digest(db, original.key) == digest(original)

    def remove(self, key: str) -> bool:
        """Removes an article with all that came from it. Returns whether there was one.

        Raises:
            IndexStateError: The index cannot be written.
        """
        with self._store.writing() as db:
            return rows.remove(db, key)

    def is_new(self) -> bool:
        """Tells whether nothing was ever added to it."""
        with self._store.reading() as db:
            return generation(db) == NEVER_WRITTEN

    def articles(self) -> list[Article]:
        """Returns all articles, in the order they were added."""
        with self._store.reading() as db:
            return rows.articles(db)

    def count(self, filters: Filters | None = None) -> int:
        """Returns how many articles the filters let through; None for how many there are."""
        with self._store.reading() as db:
            return rows.article_count(db, filters)

    def article(self, article_id: int) -> Article:
        """Returns one article.

        Raises:
            KeyError: There is none of this id (any more).
        """
        with self._store.reading() as db:
            found = rows.articles_of(db, [article_id])
        return found[article_id]

    def attributions(self, article_id: int) -> list[Attribution]:
        """Returns who says what in an article, in the order of what is said."""
        with self._store.reading() as db:
            return attribution_rows.attributions_of(db, article_id)

    def speakers(self) -> tuple[Speaker, ...]:
        """Returns all who say something in the articles."""
        with self._store.reading() as db, self._lock:
            current = generation(db)
            if self._speakers[0] != current:
                self._speakers = current, tuple(attribution_rows.speakers(db))
            return self._speakers[1]

    def articles_quoting(self, speakers: Iterable[Speaker]) -> list[int]:
        """Returns the ids of the articles in which any of these says something."""
        with self._store.reading() as db:
            return attribution_rows.articles_quoting(db, {s.name for s in speakers})

    def has_word(self, word: str) -> bool:
        """Tells whether a word is in an article, in any form of its stem."""
        with self._store.reading() as db:
            return bool(rows.document_frequencies(db, stems(word)))

    def search(
        self,
        question: str,
        k: int = 10,
        *,
        mode: SearchMode = "hybrid",
        filters: Filters | None = None,
    ) -> list[Hit]:
        """Finds the passages that match a question, best first, at most ``k``.

        Raises:
            ValueError: ``k`` is below 1.
            IndexStateError: The index is damaged, or cannot be read.
        """
        if k < 1:
            raise ValueError(f"k is {k}; ask for at least one passage")
        vector = self.encoder.encode_question(question)
        with self._store.reading() as db, self._lock:
            vectors = self._current_vectors(db)
            return retrieve(db, vectors, question, vector, k, mode, filters or Filters())

    def term_weights(self, terms: Iterable[str]) -> dict[str, float]:
        """Returns how telling each stem is: its inverse document frequency, highest if absent."""
        with self._store.reading() as db:
            return term_weights(db, terms)

    def verify(self) -> list[str]:
        """Checks everything that can be checked; returns what is wrong, a line each."""
        with self._store.reading() as db, self._lock:
            return find_faults(db, self._current_vectors(db))

    def _embed(self, document: Document, progress: Progress | None) -> list[rows.EmbeddedPassage]:
        spans = chunk(document, self.encoder.count_tokens, self.encoder.max_tokens)
        if not spans:
            raise SourceError(f"{document.source}: there is no text in it")
        text = document.text
        passages = [text[span.start : span.end] for span in spans]
        sentences = [text[s.start : s.end] for span in spans for s in span.sentences]
        vector_of = self._encode(list(dict.fromkeys(passages + sentences)), progress)
        return [
            rows.EmbeddedPassage(
                span,
                vector_of[text[span.start : span.end]],
                np.stack([vector_of[text[s.start : s.end]] for s in span.sentences]),
            )
            for span in spans
        ]

    def _encode(self, texts: list[str], progress: Progress | None) -> dict[str, Vectors]:
        vector_of: dict[str, Vectors] = {}
        for start in range(0, len(texts), _EMBEDDED_AT_ONCE):
            batch = texts[start : start + _EMBEDDED_AT_ONCE]
            vector_of.update(zip(batch, self.encoder.encode(batch), strict=True))
            if progress:
                progress(len(vector_of), len(texts))
        return vector_of

    def _current_vectors(self, db: Connection) -> VectorIndex:
        """The vectors of exactly the passages that this transaction sees, without embedding."""
        current = generation(db)
        if self._vectors.generation != current:
            stored, held = set(rows.passage_ids(db)), self._vectors.ids()
            self._vectors.remove(held - stored)
            missing = sorted(stored - held)
            rows.check_passages(db, missing)
            self._vectors.add(missing, rows.vectors(db, missing, self.encoder.dimension))
            self._vectors.generation = current
        return self._vectors


def _settings(encoder: Encoder) -> dict[str, str]:
    return {
        "model": encoder.model,
        "fingerprint": encoder.fingerprint,
        "dimension": str(encoder.dimension),
        "max_tokens": str(encoder.max_tokens),
    }


def _check_settings(path: Path, settings: dict[str, str], encoder: Encoder) -> None:
    for name, value in _settings(encoder).items():
        if name != "model" and settings.get(name) != value:
            raise IndexStateError(
                f"{path}: it was built with the model {settings.get('model')}, not with "
                f"{encoder.model} as it is now ({name} differs); open it with that model, or "
                "build the index again in an empty directory"
            )


def _check_text(document: Document) -> None:
    """Refuses what SQLite cannot hold, in a file's name too."""
    facts = [document.key, document.source, document.title, document.author, document.url]
    stored = "".join(filter(None, facts))
    if _NO_TEXT.search(document.text) or _NO_TEXT.search(stored):
        raise SourceError(f"{document.source}: its text or name holds characters that are no text")
