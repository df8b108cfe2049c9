"""Links that save a conversation, made of it alone: nothing is left on the server."""

from base64 import b64encode
from collections.abc import Sequence

from qa.types import Answer
from ui.exporting import to_json, to_markdown


def exports_html(turns: Sequence[Answer]) -> str:
    """Returns the links; empty where there is nothing to save."""
    if not turns:
        return ""
    markdown = _link("Markdown", "conversation.md", "text/markdown", to_markdown(turns))
    json = _link("JSON", "conversation.json", "application/json", to_json(turns))
    return f'<p class="exports">Save the conversation: {markdown} {json}</p>'


def _link(name: str, file: str, media_type: str, text: str) -> str:
    content = b64encode(text.encode()).decode()
    return (
        f'<a download="{file}" href="data:{media_type};charset=utf-8;base64,{content}">{name}</a>'
    )
