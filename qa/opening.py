"""``qa.open``: from sources, or from an index that is there, to something that answers."""

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from index.article_index import ArticleIndex
from index.errors import SourceError
from index.ingestion import add_sources
from index.locations import cached_index_directory, default_index_directory
from index.readers import Source, bundled_document, source_name
from index.types import Original, Progress
from qa.service import ArticleQA


def open(  # noqa: A001 - qa.open is the API's name
    sources: Source | Sequence[Source] | None = None,
    *,
    index_dir: str | Path | None = None,
    model: str | None = None,
    progress: Progress | None = None,
) -> ArticleQA:
    """Opens articles to ask about.

    Args:
        sources: A file, a folder, a web address, text as ``pasted`` takes it, or a list of them.
            They are read again each time; only what changed is embedded. None: what is in the
            index already, which where there is none is the packaged article.
        index_dir: Where the index is. None: with sources, one in the user's cache directory
            that holds these sources and nothing else; without, the user's own index.
        model: The embedding model, by folder or Hugging Face name. None: the index's own, and
            for a new index the packaged all-MiniLM-L6-v2.
        progress: Told how many of an article's texts are embedded, and how many there are.

    Returns:
        Something to ask. Its ``skipped`` has the sources that could not be read.

    Raises:
        SourceError: None of the sources can be read.
        IndexStateError: The index is damaged, or of another format or model.
        ModelError: The model is missing or damaged.
    """
    if sources is None:
        if index_dir is None:
            return _open_own_index(model, progress)
        return ArticleQA(ArticleIndex.open(Path(index_dir), model=model))
    named = [sources] if isinstance(sources, str | Path | Original) else list(sources)
    if not named:
        raise SourceError("[]: no source was named")
    directory = Path(index_dir or cached_index_directory(list(map(source_name, named)), model))
    return _open_sources(named, directory, model, progress, mirror=index_dir is None)


def _open_own_index(model: str | None, progress: Progress | None) -> ArticleQA:
    """The user's own index, begun with the packaged article."""
    index = ArticleIndex.open(default_index_directory(), model=model, create=True)
    if index.is_new():
        index.add(bundled_document(), progress)
        index.save()
    return ArticleQA(index)


def _open_sources(
    sources: Sequence[Source],
    directory: Path,
    model: str | None,
    progress: Progress | None,
    *,
    mirror: bool,
) -> ArticleQA:
    """Adds what the sources hold; where the index mirrors them, removes what they lack."""
    with ExitStack() as until_opened:
        index = ArticleIndex.open(directory, model=model, create=True)
        until_opened.callback(index.close)
        added = list(add_sources(index, sources, progress))
        keys = {one.key for one in added if not isinstance(one, SourceError)}
        skipped = [one for one in added if isinstance(one, SourceError)]
        if not keys:
            if mirror and index.is_new():
                shutil.rmtree(directory, ignore_errors=True)
            raise skipped[0]
        if mirror:
            for key in {article.key for article in index.articles()} - keys:
                index.remove(key)
        index.save()
        until_opened.pop_all()
    return ArticleQA(index, skipped=skipped)
