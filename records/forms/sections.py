"""Fields under the headings that the company gave them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from crm_config.definitions import FieldDef, TypeDef


@dataclass(frozen=True)
class Section:
    """`label` is empty for the fields that stand under no heading."""

    key: str
    label: str
    fields: list[FieldDef]


def by_section(record_type: TypeDef, fields: Iterable[FieldDef]) -> list[Section]:
    """In the type's order, without empty ones; those without a heading first."""
    named = {section.key: section for section in record_type.sections}
    groups: dict[str, list[FieldDef]] = {"": [], **{key: [] for key in named}}
    for f in fields:
        groups[f.section if f.section in named else ""].append(f)
    return [
        Section(key, named[key].label if key else "", group)
        for key, group in groups.items()
        if group
    ]
