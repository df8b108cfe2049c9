"""Articles into passages, vectors and words; questions into passages. Asking is ``qa``'s.

``index.article_index.ArticleIndex`` is where to begin.
"""
