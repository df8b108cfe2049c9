"""Checking: whether the sentences that a language model cites support what it wrote."""
