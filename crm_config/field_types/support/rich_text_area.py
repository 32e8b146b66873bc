"""Wagtail's editor, offering what rich text fields may hold."""

from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.rich_text import expand_db_html

FEATURES = [
    "h2",
    "h3",
    "h4",
    "bold",
    "italic",
    "strikethrough",
    "ol",
    "ul",
    "link",
    "hr",
    "blockquote",
]


class RichTextArea(DraftailRichTextArea):
    """Links to Wagtail's pages leave it as plain addresses: records know nothing of page ids."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, features=FEATURES)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        html = super().value_from_datadict(data, files, name)
        return None if html is None else str(expand_db_html(html))
