"""A sentence about the configuration: for a screen with its names marked, or as plain text."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString

Text = str | Promise


class AsItStands(str):
    """A part that is words of a sentence, not a name: neither quoted nor marked."""

    __slots__ = ()


@dataclass(frozen=True)
class Sentence:
    """`template` is translated and names its parts in braces: “Field {field} becomes required.”"""

    template: Text
    parts: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        unquoted = (int, AsItStands)
        quoted = {k: v if isinstance(v, unquoted) else f"“{v}”" for k, v in self.parts.items()}
        return str(self.template).format(**quoted)

    @property
    def html(self) -> SafeString:
        """With its parts marked; what administrators typed is escaped."""
        if not self.parts:
            return format_html("{}", self.template)
        marked = {
            k: v if isinstance(v, AsItStands) else format_html("<strong>{}</strong>", v)
            for k, v in self.parts.items()
        }
        return format_html(str(self.template), **marked)


def say(template: Text, **parts: Any) -> Sentence:
    return Sentence(template, parts)
