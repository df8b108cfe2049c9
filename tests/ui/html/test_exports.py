"""Links that save a conversation."""

import re
from base64 import b64decode

from tests.ui.answers import answered, citation, refused
from ui.exporting import to_json, to_markdown
from ui.html.exports import exports_html

TURNS = [answered("Did it rain – „gestern“? 雨", citation("Rain fell.")), refused("</a><b>&\"'")]


def test_the_links_hold_the_conversation_as_markdown_and_json() -> None:
    links = re.findall(
        r'<a download="(.*?)" href="data:(.*?);charset=utf-8;base64,(.*?)">(.*?)</a>',
        exports_html(TURNS),
    )
    assert [(file, kind, b64decode(data).decode(), name) for file, kind, data, name in links] == [
        ("conversation.md", "text/markdown", to_markdown(TURNS), "Markdown"),
        ("conversation.json", "application/json", to_json(TURNS), "JSON"),
    ]


def test_where_nothing_was_said_there_is_nothing_to_save() -> None:
    assert exports_html([]) == ""
