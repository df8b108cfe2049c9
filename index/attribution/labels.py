"""The columns of what the network says of each token."""

SOURCE, CUE, CONTENT = range(3)
"""Parts of an attribution: who, the words that say so, and what."""

PARTS = (SOURCE, CUE, CONTENT)

OUTSIDE = 0
"""The label of a token of no part."""

LABELS = 1 + 2 * len(PARTS)


def begins(part: int) -> int:
    """Returns the label of a token that begins a stretch of a part."""
    return 1 + 2 * part


def goes_on(part: int) -> int:
    """Returns the label of another token of it."""
    return 2 + 2 * part


LINKED = (SOURCE, CUE)
"""The parts that a token of a content points at, in the order of the network's links."""

NOBODY = 0
"""The token that stands for a part that is missing: the first one."""
