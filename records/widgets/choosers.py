"""Choosing records, and choosing one of many people: found by typing, and usable without a script."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse

from crm_config.definitions import FieldDef
from crm_config.field_types.base import LinkLabel

_BETWEEN = re.compile(r"[\s,;]+")
SCRIPT = (forms.Script("records/js/screens.js", type="module"),)
FindLabels = Callable[[Sequence[int]], Mapping[int, LinkLabel]]


class RecordChooser(forms.Widget):
    """The ids stand in a text field, which is all there is without a script; with one, records are found
    by typing and shown by name. `labels` names those that are chosen already."""

    template_name = "records/widgets/chooser.html"

    class Media:
        js = SCRIPT

    def __init__(
        self,
        f: FieldDef,
        labels: FindLabels,
        attrs: dict[str, Any] | None = None,
        *,
        several: bool = False,
    ) -> None:
        super().__init__(attrs)
        self.f = f
        self.labels = labels
        self.multiple = several or bool(f.options.get("multiple"))

    def __deepcopy__(self, memo: Any) -> RecordChooser:
        """Field definitions are compared by identity and are not copied."""
        return type(self)(self.f, self.labels, dict(self.attrs), several=self.multiple)

    def format_value(self, value: Any) -> str:
        return value if isinstance(value, str) else ", ".join(map(str, value or ()))

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        ids = ids_in(self.format_value(value))
        found = self.labels(ids) if ids else {}
        context["widget"] |= {
            "chosen": [found[pk] for pk in ids if pk in found and found[pk].visible],
            "url": reverse("records:choose", args=[self.f.record_type, self.f.key]),
            "multiple": self.multiple,
        }
        return context


def ids_in(text: str) -> list[int]:
    return [int(part) for part in _BETWEEN.split(text) if part.isascii() and part.isdigit()]


class SearchableSelect(forms.Select):
    """A list to choose from that can be searched by typing, where there is a script."""

    template_name = "records/widgets/searchable_select.html"

    class Media:
        js = SCRIPT


class SearchableSelectMultiple(forms.SelectMultiple):
    """The same for several: what is chosen stands before the field as in a chooser of records."""

    template_name = "records/widgets/searchable_select_multiple.html"

    class Media:
        js = SCRIPT
