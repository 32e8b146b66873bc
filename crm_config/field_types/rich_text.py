"""Formatted text: stored as HTML of a few harmless elements."""

import random
import re
import unicodedata
from html import escape, unescape
from typing import Any

import nh3
from django import forms
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import FieldDef
from crm_config.field_types.base import CoerceContext, FieldType, Names, OptionSpec, ValueRefused
from crm_config.field_types.support import samples
from crm_config.field_types.support.rich_text_area import RichTextArea
from crm_config.field_types.support.texts import as_text, clean_lines, clean_text, refuse_longer
from crm_config.operators.text import OPERATORS

MAX_LENGTH = 100_000
TAGS = {"p", "br", "h2", "h3", "h4", "b", "strong", "i", "em", "u", "s", "a", "ul", "ol", "li"} | {
    "blockquote",
    "code",
    "hr",
}
SCHEMES = {"http", "https", "mailto", "tel"}
_CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={"a": {"href"}},
    url_schemes=SCHEMES,
    link_rel="noopener",
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SETTLES_WITHIN = 5


def sanitise(html: str) -> str:
    """HTML of the allowed elements and attributes alone; raises `ValueRefused` if it will not settle.

    Cleaning is repeated until nothing changes: normalising letters can join a combining mark with a
    bracket, and what a parser mends it may mend again.
    """
    for _attempt in range(_SETTLES_WITHIN):
        cleaned = _CLEANER.clean(unicodedata.normalize("NFC", clean_lines(html)))
        if cleaned == html:
            return cleaned
        html = cleaned
    raise ValueRefused("html", gettext("Remove the formatting and write it again."))


def as_html(text: str) -> str:
    """Plain text as paragraphs."""
    return linebreaks(escape(text, quote=False), autoescape=False)


def plain_text(html: str) -> str:
    """The words alone."""
    spaced = re.sub(r"(</(?:p|h\d|li|blockquote)>|<br>|<hr>)", r"\1 ", html)
    return clean_text(unescape(nh3.clean(spaced, tags=set())))


class RichTextType(FieldType):
    key = "rich_text"
    label = _("Formatted text")
    description = _("Headings, lists, bold and links: instructions, articles, long notes.")
    example = "<p>Ask for the <b>order number</b> first.</p>"
    group = "text"
    icon = "doc-full"
    storage = "long_data"
    can_sort = False
    can_search = True
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "max_length",
            "integer",
            _("Longest"),
            _("Characters, formatting included."),
            MAX_LENGTH,
            minimum=100,
            maximum=MAX_LENGTH,
        ),
    )

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> str | None:
        text = clean_lines(as_text(raw))
        html = sanitise(text if _TAG.search(text) else as_html(text))
        if not _TAG.search(html):
            html = sanitise(as_html(unescape(html)))
        refuse_longer(html, self.option(field, "max_length"))
        return html if plain_text(html) else None

    def search_text(self, field: FieldDef, value: str) -> str:
        return plain_text(value)

    def display(self, field: FieldDef, value: str, names: Names) -> str:
        return Truncator(plain_text(value)).chars(300)

    def render(self, field: FieldDef, value: str, names: Names) -> SafeString:
        """Cleaned again: what was stored before the allowlist grew tighter must not slip through."""
        return SafeString('<div class="r-rich-text">' + _CLEANER.clean(value) + "</div>")

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        return {
            "type": "string",
            "contentMediaType": "text/html",
            "minLength": 1,
            "maxLength": self.option(field, "max_length"),
        }

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        kwargs.setdefault("widget", RichTextArea())
        return forms.CharField(**kwargs)

    def random_value(self, field: FieldDef, rng: random.Random) -> str:
        blocks = "".join(self._random_block(rng) for _block in range(rng.randint(1, 4)))
        return sanitise(blocks)

    def _random_block(self, rng: random.Random) -> str:
        """A list is followed by a paragraph: the editor would join it with another list."""
        words = escape(samples.line(rng, 1, 40), quote=False)
        linked = f'<a href="https://example.com/?q=1&amp;r={rng.randint(1, 9)}">{words}</a>'
        return rng.choice(
            (
                f"<p>{words}</p>",
                f"<h3>{words}</h3>",
                f"<p>x <b>{words}</b> <i>{words}</i> y</p>",
                f"<p>{linked}</p>",
                f"<ul><li>{words}</li><li>{words}</li></ul><p>{words}</p>",
                f"<ol><li>{words}</li></ol><p>{words}</p>",
            )
        )
