"""The panel of an article's speakers with their statements, each a link to its place."""

from collections.abc import Sequence
from html import escape

from index.types import Article, Attribution, Speaker


def speakers_html(article: Article, attributions: Sequence[Attribution]) -> str:
    """Returns the panel: those first who say most; empty where nobody says anything."""
    said: dict[Speaker, list[str]] = {}
    unclear: list[str] = []
    for each in attributions:
        item = f"<li>{_cue(article, each)}{_link(article, each)}</li>"
        (said.setdefault(each.speaker, []) if each.speaker else unclear).append(item)
    ordered = sorted(said.items(), key=lambda pair: -len(pair[1]))
    groups = [_group(_label(speaker), items) for speaker, items in ordered]
    if unclear:
        groups.append(_group("Speaker unclear", unclear))
    if not groups:
        return ""
    return (
        f'<details class="speakers"><summary>Who says what ({len(attributions)} statements)'
        f"</summary>{''.join(groups)}</details>"
    )


def _cue(article: Article, attribution: Attribution) -> str:
    """How it is said: what somebody denied is not what they say."""
    words = " ".join(article.text[start:end] for start, end in attribution.cue)
    return f'<span class="cue">{escape(" ".join(words.split()))}:</span> ' if words else ""


def _link(article: Article, attribution: Attribution) -> str:
    """The page's script finds the stretches by their positions, in code points of the text."""
    words = " … ".join(article.text[start:end] for start, end in attribution.content)
    places = " ".join(f"{start}-{end}" for start, end in attribution.content)
    return (
        f'<a class="statement" href="#evidence" data-places="{places}">'
        f"{escape(' '.join(words.split()))}</a>"
    )


def _label(speaker: Speaker) -> str:
    titles = f" <small>{escape(', '.join(speaker.titles[:1]))}</small>" if speaker.titles else ""
    return f"{escape(speaker.name)}{titles}"


def _group(label: str, items: Sequence[str]) -> str:
    return f"<details><summary>{label} ({len(items)})</summary><ul>{''.join(items)}</ul></details>"
