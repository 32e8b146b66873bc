"""Links to other records."""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from crm_config.definitions import MAX_TYPE_NUMBER, SERIAL_BITS, FieldDef
from crm_config.field_types.base import (
    CoerceContext,
    FieldType,
    Json,
    LinkLabel,
    Names,
    OptionSpec,
    ValueRefused,
)
from crm_config.field_types.support.reference import GREATEST_ID, read_id
from crm_config.keys import is_key
from crm_config.operators.link import OPERATORS

Ids = tuple[int, ...]
_BETWEEN = re.compile(r"[\s,;]+")


class LinkType(FieldType):
    """Its value is a tuple of record ids, sorted, each once; links are rows of their own."""

    key = "link"
    label = _("Link to records")
    description = _("Another record, or several: the company of a person, the products of a quote.")
    example = "Aegean Optics"
    group = "link"
    icon = "link"
    storage = "links"
    sql_kind = "none"
    can_sort = False
    operators = OPERATORS
    option_specs = (
        OptionSpec(
            "targets", "keys", _("Record types"), _("What may be linked."), (), required=True
        ),
        OptionSpec("multiple", "boolean", _("Several"), _("Whether it may hold several."), False),
        OptionSpec(
            "reverse_key",
            "text",
            _("Key of the other side"),
            _("By it, conditions and sums on a linked record find those that link to it."),
            "",
        ),
        OptionSpec(
            "reverse_labels",
            "labels",
            _("Name of the other side"),
            _("Heading of the list on the linked record, such as “Persons”."),
        ),
        OptionSpec(
            "on_delete",
            "choice",
            _("When the linked record is deleted"),
            "",
            "clear",
            choices=(
                ("refuse", _("Refuse to delete it")),
                ("clear", _("Empty this field")),
                ("archive", _("Archive the records that link to it too")),
            ),
        ),
    )

    def check_options(self, options: Mapping[str, Any]) -> Iterable[str]:
        reverse_key = options.get("reverse_key")
        if reverse_key and not is_key(reverse_key):
            yield gettext(
                "The other side's key may have small letters, digits and single underscores only."
            )

    def read(self, field: FieldDef, raw: Any, context: CoerceContext) -> Ids | None:
        ids = tuple(sorted({read_id(member) for member in _members(raw)}))
        if len(ids) > 1 and not self.option(field, "multiple"):
            raise ValueRefused("one_only", gettext("Choose one record only."))
        return ids or None

    def is_empty(self, value: Any) -> bool:
        return not value

    def dump(self, field: FieldDef, value: Ids | None) -> dict[str, Json]:
        return {}

    def parts(self, field: FieldDef) -> tuple[str, ...]:
        return ()

    def load(self, field: FieldDef, data: Mapping[str, Any]) -> Ids | None:
        return None

    def comparable(self, field: FieldDef, value: Ids | None) -> Ids | None:
        return value or None

    def search_text(self, field: FieldDef, value: Ids) -> str:
        return ""

    def display(self, field: FieldDef, value: Ids, names: Names) -> str:
        return ", ".join(_title(label) for label in _labels(value, names))

    def render(self, field: FieldDef, value: Ids, names: Names) -> SafeString:
        shown = ((_anchor(label, names),) for label in _labels(value, names))
        return format_html_join(", ", "{}", shown)

    def to_text(self, field: FieldDef, value: Ids) -> str:
        return "; ".join(map(str, value))

    def to_json(self, field: FieldDef, value: Ids) -> Json:
        """A list where the field may hold several, else the id."""
        return list(value) if self.option(field, "multiple") else value[0]

    def json_schema(self, field: FieldDef) -> dict[str, Any]:
        record = {"type": "integer", "minimum": 1, "maximum": GREATEST_ID}
        if not self.option(field, "multiple"):
            return record
        return {"type": "array", "items": record, "uniqueItems": True}

    def form_field(self, field: FieldDef, **kwargs: Any) -> forms.Field:
        """Ids between commas: a plain field, which works where the records' chooser is not at hand."""
        return _IdsField(**kwargs)

    def form_initial(self, field: FieldDef, value: Ids | None) -> str:
        return ", ".join(map(str, value or ()))

    def random_value(self, field: FieldDef, rng: random.Random) -> Ids:
        count = rng.randint(1, 5) if self.option(field, "multiple") else 1
        return tuple(sorted({_random_id(rng) for _each in range(count)}))


class _IdsField(forms.CharField):
    def clean(self, value: Any) -> list[int]:
        text = super().clean(value)
        try:
            return [read_id(part) for part in _BETWEEN.split(text) if part]
        except ValueRefused as refusal:
            raise ValidationError(str(refusal.message), code=refusal.code) from refusal


def _members(raw: Any) -> Iterable[Any]:
    if isinstance(raw, str):
        return [part for part in _BETWEEN.split(raw) if part]
    return raw if isinstance(raw, list | tuple | set | frozenset) else [raw]


def _labels(value: Sequence[int], names: Names) -> list[LinkLabel]:
    unseen = (LinkLabel(id=each, title="", type="", visible=False) for each in value)
    return [names.records.get(label.id, label) for label in unseen]


def _title(label: LinkLabel) -> str:
    return label.title if label.visible and label.title else _hidden(label)


def _hidden(label: LinkLabel) -> str:
    return (
        gettext("Record %(id)s") % {"id": label.id}
        if label.visible
        else gettext("(not shown to you)")
    )


def _anchor(label: LinkLabel, names: Names) -> SafeString | str:
    if not label.visible:
        return format_html('<span class="r-not-shown">{}</span>', _title(label))
    if names.record_url is None:
        return format_html("{}", _title(label))
    return format_html('<a href="{}">{}</a>', names.record_url(label.id), _title(label))


def _random_id(rng: random.Random) -> int:
    serial = rng.choice((1, 2, 2**SERIAL_BITS - 1, rng.randint(1, 2**SERIAL_BITS - 1)))
    return (rng.choice((1, 2, MAX_TYPE_NUMBER)) << SERIAL_BITS) + serial
