"""What a new form begins with: the fields of its type, in the type's own order, as far as they suit who fills it in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.utils.translation import gettext, gettext_noop, override

from crm_config.definitions import FieldDef, TypeDef
from crm_config.working_copy.keys import propose_key
from forms_builder.items.field import INSIDE
from forms_builder.studio.arrangement import Raw, Steps
from records.forms.layouts import QUICK
from records.forms.sections import by_section
from records.forms.writable import PEOPLE

PUBLIC = "public"
#: Short enough to stand two in a row.
SHORT = frozenset(
    {"text", "email", "phone", "date", "time", "datetime", "integer", "decimal", "percent", "choice", "rating", "money"}
)  # fmt: skip
#: Nobody outside is asked for more at once.
MOST_OUTSIDE = 8
PEOPLE_LABEL = gettext_noop("Who takes care of it")
TEXT = gettext_noop("Write here what people should know.")
CONSENT = gettext_noop("I agree that my data are kept so that you can answer me.")


def askable(record_type: TypeDef, channel: str) -> list[FieldDef]:
    """The fields that can stand on a form without more being said about them."""
    found = [f for f in record_type.active if f.editable]
    if channel != PUBLIC:
        return found
    return [f for f in found if f.type.key not in INSIDE and f.type.storage != "links"]


def generated(record_type: TypeDef, channel: str, uses: Collection[str] = ()) -> Steps:
    """For staff, what the records' screens make by themselves, to go on from."""
    fields = askable(record_type, channel)
    if channel == PUBLIC:
        fields = _first(fields, record_type)
    elif set(uses) == {QUICK}:
        titles = record_type.title_fields
        fields = [f for f in fields if f.required or f.key in titles] or fields[:4]
    sections: list[Raw] = [
        {
            "key": group.key or "main",
            **({"labels": dict(_labels(record_type, group.key))} if group.key else {}),
            "items": [field_item(f, taken=()) for f in group.fields],
        }
        for group in by_section(record_type, fields)
    ] or [{"key": "main", "items": []}]
    if channel != PUBLIC:
        people = [field_item(record_type.system[key], taken=()) for key in PEOPLE]
        labels = in_each(PEOPLE_LABEL, labels_in(record_type))
        sections.append({"key": "people", "labels": labels, "columns": 2, "items": people})
    if channel == PUBLIC:
        taken = {f.key for f in fields}
        sections[-1]["items"].append(
            {"key": propose_key("captcha", taken=taken), "kind": "captcha"}
        )
    return [{"key": "all", "sections": sections}]


def labels_in(record_type: TypeDef) -> list[str]:
    """The languages that the type speaks."""
    return list(record_type.labels) or ["en"]


def _first(fields: Sequence[FieldDef], record_type: TypeDef) -> list[FieldDef]:
    """What is needed and what lists show; of the rest as many as people put up with."""
    wanted = [f.key for f in fields if f.required or f.key in record_type.columns]
    wanted += [f.key for f in fields if f.key not in wanted and f.type.group != "file"]
    needed = {f.key for f in fields if f.required}
    kept = needed | set(wanted[:MOST_OUTSIDE])
    return [f for f in fields if f.key in kept]


def _labels(record_type: TypeDef, key: str) -> Any:
    return next(section.labels for section in record_type.sections if section.key == key)


def field_item(f: FieldDef, *, taken: Collection[str]) -> Raw:
    item: Raw = {
        "key": propose_key(f.key, taken=taken),
        "kind": "field",
        "options": {"field": f.key},
    }
    if f.required:
        item["required"] = True
    if f.type.key in SHORT:
        item["width"] = "half"
    return item


def in_each(text: str, languages: Iterable[str]) -> dict[str, str]:
    """A text of ours in each language of the company."""
    found = {}
    for code in languages:
        with override(code):
            found[code] = gettext(text)
    return found
